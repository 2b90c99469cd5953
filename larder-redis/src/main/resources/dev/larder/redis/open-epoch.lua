-- Opens an epoch if the tail is the one that the caller saw.
-- KEYS: log. ARGV: id seen ('' for none), nonce seen, id of the opening record, its nonce, its
-- text, records to keep. Returns the tail afterwards as tail.lua does.
-- Ids and nonces stay strings: Lua's numbers are doubles and lose 64-bit integers.
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local id, nonce = '', '0'
if last then
  id, nonce = last[1], last[2][2]
end
if id == ARGV[1] and nonce == ARGV[2] then
  if not last then
    -- An emptied stream still remembers its highest id and would refuse a lower one.
    redis.call('UNLINK', KEYS[1])
  end
  id, nonce = ARGV[3], ARGV[4]
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[6], id, 'n', nonce, 'p', '0', 'd', ARGV[5])
end
local time = redis.call('TIME')
return { id, nonce, time[1], time[2] }
