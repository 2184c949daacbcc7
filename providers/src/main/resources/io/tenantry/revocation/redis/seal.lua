-- Names a realm's data set, now that it has been published whole.
-- KEYS: the watermark's hash, the epoch
-- ARGV: the epoch

redis.replicate_commands()

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
-- Flushed, restarted or exchanged while it was being built: then its first part is missing
if redis.call('HGET', KEYS[1], 'server') ~= run .. ':' .. history then
    return redis.error_reply('ERR the data set was lost while it was being rebuilt')
end
redis.call('SET', KEYS[2], ARGV[1])
return 1
