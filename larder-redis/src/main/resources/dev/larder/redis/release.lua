-- Empties a slot that still holds the expected nonce.
-- KEYS: slot. ARGV: expected nonce (8 bytes). Returns 1 or 0.
local held = redis.pcall('GETRANGE', KEYS[1], 0, 9)
if held ~= '\177L' .. ARGV[1] and held ~= '\177P' .. ARGV[1] then
  return 0
end
return redis.call('UNLINK', KEYS[1])
