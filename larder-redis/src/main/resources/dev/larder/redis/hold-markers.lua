-- Sees to it that markers exist and live long enough.
-- KEYS: log, then the markers. ARGV: least life in milliseconds. Returns 1, or 0 if there is no
-- tail to create a marker at; nothing was changed then.
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then
  return 0
end
local life = tonumber(ARGV[1])
for i = 2, #KEYS do
  local held = redis.pcall('GET', KEYS[i])
  if type(held) ~= 'string' or not string.match(held, '^%d+%-%d+$') then
    redis.call('SET', KEYS[i], last[1], 'PX', ARGV[1])
  else
    local left = redis.call('PTTL', KEYS[i])
    if left ~= -1 and left < life then
      redis.call('PEXPIRE', KEYS[i], ARGV[1])
    end
  end
end
return 1
