-- Empties slots, appends a record behind the tail and moves its markers to it.
-- KEYS: log, then the markers, then the slots. ARGV: nonce, text, records to keep, least life of
-- the markers in milliseconds, number of markers. Returns { id, nonce of the record before }, or
-- nothing if there is no tail; the slots are empty then all the same.
local markers = tonumber(ARGV[5])
if #KEYS > markers + 1 then
  -- First, as a failure from here on leaves too little rather than too much.
  redis.call('UNLINK', unpack(KEYS, markers + 2))
end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then
  return {}
end
-- The epoch has up to 63 bits and stays a string; a sequence is far below 2^53.
local epoch, sequence = string.match(last[1], '^(%d+)-(%d+)$')
local id = epoch .. '-' .. string.format('%.0f', tonumber(sequence) + 1)
local previous = last[2][2]
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], id, 'n', ARGV[1], 'p', previous, 'd', ARGV[2])
local life = tonumber(ARGV[4])
for i = 2, markers + 1 do
  -- Never shortened: an entry filled under the longer life still leans on the marker.
  local left = redis.call('PTTL', KEYS[i])
  if left == -1 then
    redis.call('SET', KEYS[i], id)
  else
    redis.call('SET', KEYS[i], id, 'PX', left > life and string.format('%.0f', left) or ARGV[4])
  end
end
return { id, previous }
