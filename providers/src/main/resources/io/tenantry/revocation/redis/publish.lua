-- Makes a realm's revocations known: raises each cutoff key and appends to the stream. Returns the epoch of the data set
-- that took them, or '' if it has none.
-- KEYS: the stream, the epoch, the watermark's hash, then one cutoff key a revocation
-- ARGV: for each revocation its cutoff, its expiry (both epoch ms), the number of arguments of its stream entry, those

-- Redis before 7 replicates the script itself unless told otherwise, and then forbids a write after reading the time
redis.replicate_commands()

-- First, as it fails where somebody else wrote the count: entries added before would be added again at each attempt
redis.call('HINCRBY', KEYS[3], 'length', #KEYS - 3)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local arg = 1
for i = 4, #KEYS do
    local cutoff, expires, count = ARGV[arg], tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2])
    local known = redis.pcall('GET', KEYS[i])
    if type(known) == 'table' or (known and not tonumber(known)) then
        -- The name is ours, and what stands there is not: nobody can compare with it
        redis.call('DEL', KEYS[i])
        known = false
    end
    local remaining = known and redis.call('PTTL', KEYS[i])
    if not known or tonumber(known) < tonumber(cutoff) then
        redis.call('SET', KEYS[i], cutoff, 'KEEPTTL')
    end
    -- A key without expiry was made so by someone else, and is left so
    if not known or (remaining >= 0 and now + remaining < expires) then
        redis.call('PEXPIREAT', KEYS[i], ARGV[arg + 1])
    end
    local entry = { 'XADD', KEYS[1], '*' }
    for f = arg + 3, arg + 2 + count do
        entry[#entry + 1] = ARGV[f]
    end
    redis.call(unpack(entry))
    arg = arg + 3 + count
end
return redis.call('GET', KEYS[2]) or ''
