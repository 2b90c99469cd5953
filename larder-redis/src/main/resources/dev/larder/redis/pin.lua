-- Pins a note, in place of what its author had.
-- KEYS: board of a topic. ARGV: author, note, life in milliseconds. Returns 1.
-- A field holds the time at which it ends, in 16 digits of milliseconds, and then the note.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local life = tonumber(ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], string.format('%016.0f', now + life) .. ARGV[2])
-- The board lasts as long as its longest note.
if redis.call('PTTL', KEYS[1]) < life then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
-- Also where nobody ever reads, authors that are gone do not pile up.
for _, author in ipairs(redis.call('HRANDFIELD', KEYS[1], 2)) do
  local ends = tonumber(string.sub(redis.call('HGET', KEYS[1], author), 1, 16))
  if not ends or ends <= now then
    redis.call('HDEL', KEYS[1], author)
  end
end
return 1
