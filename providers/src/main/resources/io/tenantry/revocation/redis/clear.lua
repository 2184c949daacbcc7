-- Forgets a realm's data set and marks where the next one is being built; cutoff keys stay until they expire.
-- KEYS: the stream, the watermark's hash, the epoch

redis.replicate_commands()

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if not run then
    return redis.error_reply('ERR INFO names no run_id: revocations need a server that does')
end
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[2], 'server', run .. ':' .. history, 'length', 0)
return 1
