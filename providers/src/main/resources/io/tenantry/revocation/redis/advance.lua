-- Checks a realm's data set and moves its watermark on. Returns 1 if it is intact, 0 if it must be rebuilt.
-- KEYS: the stream, the watermark's hash, the epoch
-- ARGV: the epoch expected, the watermark in epoch ms or '', the retention in ms or '', then the watermark's stream entry

redis.replicate_commands()

if redis.call('GET', KEYS[3]) ~= ARGV[1] then
    return 0
end
-- A server that was restarted, restored or promoted may have lost the latest writes, and none of them can tell
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if not run then
    return redis.error_reply('ERR INFO names no run_id: revocations need a server that does')
end
-- Changes with every promotion, that of a former master included, which keeps its run id
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
local server = run .. ':' .. history
local known = redis.call('HMGET', KEYS[2], 'at', 'entry', 'server')
if known[3] ~= server then
    return 0
end
if known[2] and #redis.call('XRANGE', KEYS[1], known[2], known[2]) == 0 then
    return 0
end
if ARGV[2] ~= '' and (not known[1] or tonumber(known[1]) < tonumber(ARGV[2])) then
    local entry = { 'XADD', KEYS[1], '*' }
    for f = 4, #ARGV do
        entry[#entry + 1] = ARGV[f]
    end
    local id = redis.call(unpack(entry))
    -- One watermark is enough, and keeps an idle realm's stream at one entry
    if known[2] then
        redis.call('XDEL', KEYS[1], known[2])
    end
    redis.call('HSET', KEYS[2], 'at', ARGV[2], 'entry', id)
end
if ARGV[3] ~= '' then
    local time = redis.call('TIME')
    local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[3])
    if oldest > 0 then
        redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f', oldest))
    end
end
return 1
