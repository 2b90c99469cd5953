-- Puts a placeholder into a slot unless Larder's own bytes are in it.
-- KEYS: slot. ARGV: placeholder, life in milliseconds. Returns 1 or 0.
local held = redis.pcall('GETRANGE', KEYS[1], 0, 9)
if type(held) == 'string' and #held == 10 then
  local kind = string.sub(held, 1, 2)
  if kind == '\177L' or (kind == '\177P' and redis.call('STRLEN', KEYS[1]) == 10) then
    return 0
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
