-- The notes of a topic that live; those that ended are taken off.
-- KEYS: board of a topic. Returns { author, note, author, note, ... }.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all = redis.call('HGETALL', KEYS[1])
local live = {}
for i = 1, #all, 2 do
  local ends = tonumber(string.sub(all[i + 1], 1, 16))
  if ends and ends > now then
    live[#live + 1] = all[i]
    live[#live + 1] = string.sub(all[i + 1], 17)
  else
    redis.call('HDEL', KEYS[1], all[i])
  end
end
return live
