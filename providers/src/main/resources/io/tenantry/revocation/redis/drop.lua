-- Removes what is left of a realm's data set; cutoff keys stay until they expire. Returns whether it did (1), or another
-- data set stands there (0).
-- KEYS: the stream, the watermark's hash, the epoch
-- ARGV: the epoch that is expected

local found = redis.pcall('GET', KEYS[3])
if type(found) == 'string' and found ~= ARGV[1] then
    return 0
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
return 1
