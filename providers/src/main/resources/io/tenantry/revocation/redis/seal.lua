-- Names a realm's data set, now that it has been published whole.
-- KEYS: the watermark's hash, the epoch
-- ARGV: the epoch

redis.replicate_commands()

local server = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if not server then
    return redis.error_reply('ERR INFO names no run_id: revocations need a server that does')
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'server', server)
redis.call('SET', KEYS[2], ARGV[1])
return 1
