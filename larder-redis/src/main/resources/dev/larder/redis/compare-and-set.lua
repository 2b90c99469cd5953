-- Puts a value into a slot that still holds the expected nonce.
-- KEYS: slot. ARGV: expected nonce (8 bytes), value, life in milliseconds. Returns 1 or 0.
-- Only the header is read, so a big entry costs nothing; a key of another type yields an error
-- table, which equals no string.
local held = redis.pcall('GETRANGE', KEYS[1], 0, 9)
if held ~= '\177L' .. ARGV[1] and held ~= '\177P' .. ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
