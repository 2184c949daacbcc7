-- Forgets a realm's data set and marks where the next one is being built; cutoff keys stay until they expire. Returns 1,
-- or 0 if another installation keeps the data set current: then nothing is touched but for a note to it.
-- KEYS: the stream, the watermark's hash, the epoch
-- ARGV: the epoch that is expected or '', 'force' to take the data set whoever keeps it

redis.replicate_commands()

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if not run then
    return redis.error_reply('ERR INFO names no run_id: revocations need a server that does')
end
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
local server = run .. ':' .. history

if ARGV[2] ~= 'force' then
    local found = redis.pcall('GET', KEYS[3])
    local known = redis.pcall('HMGET', KEYS[2], 'server', 'beat')
    -- A failover brings another server, and whoever is gone stops to beat
    if type(found) == 'string' and found ~= ARGV[1] and not known.err and known[1] == server then
        local beat = tonumber(known[2])
        if beat and now >= beat and now - beat < 10000 then
            redis.call('HSET', KEYS[2], 'rival', now)
            return 0
        end
    end
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[2], 'server', server, 'length', 0)
return 1
