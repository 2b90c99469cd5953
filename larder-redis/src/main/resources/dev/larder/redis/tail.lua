-- The last record and the server's clock, proved by a primary.
-- KEYS: log, probe. Returns { id, nonce, seconds, microseconds }; id is '' if there is no record.
-- The probe never exists. Deleting it changes nothing on a primary and is refused by a replica,
-- which may lag and must not confirm anything.
redis.call('UNLINK', KEYS[2])
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local time = redis.call('TIME')
if not last then
  return { '', '0', time[1], time[2] }
end
return { last[1], last[2][2], time[1], time[2] }
