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
local known = redis.call('HMGET', KEYS[2], 'at', 'entry', 'server', 'length', 'looked')
if known[3] ~= server then
    return 0
end
-- Somebody may have trimmed the stream, or taken entries out of it
local length = tonumber(known[4])
if not length or redis.call('XLEN', KEYS[1]) < length then
    return 0
end
if known[2] and #redis.call('XRANGE', KEYS[1], known[2], known[2]) == 0 then
    return 0
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- Whether each entry still has its key is looked at in turn, some at a time
local LOOK_AT = 100
local names = string.sub(KEYS[1], 1, -1 - string.len('stream'))
local looked = known[5] and known[5] ~= '' and known[5]
local page = redis.call('XRANGE', KEYS[1], looked and '(' .. looked or '-', '+', 'COUNT', LOOK_AT)
for _, found in ipairs(page) do
    local entry = {}
    for f = 1, #found[2], 2 do
        entry[found[2][f]] = found[2][f + 1]
    end
    if entry.kind and tonumber(entry.exp) > now then
        local name = names .. entry.kind .. (entry.selector == '' and '' or ':' .. entry.selector)
        local cutoff = redis.call('GET', name)
        if not cutoff or tonumber(cutoff) < tonumber(entry.cutoff) then
            return 0
        end
    end
end
if #page == LOOK_AT then
    redis.call('HSET', KEYS[2], 'looked', page[#page][1])
elseif looked then
    redis.call('HSET', KEYS[2], 'looked', '')
end

local added = 0
if ARGV[2] ~= '' and (not known[1] or tonumber(known[1]) < tonumber(ARGV[2])) then
    local entry = { 'XADD', KEYS[1], '*' }
    for f = 4, #ARGV do
        entry[#entry + 1] = ARGV[f]
    end
    local id = redis.call(unpack(entry))
    added = added + 1
    -- One watermark is enough, and keeps an idle realm's stream at one entry
    if known[2] then
        added = added - redis.call('XDEL', KEYS[1], known[2])
    end
    redis.call('HSET', KEYS[2], 'at', ARGV[2], 'entry', id)
end
if ARGV[3] ~= '' then
    local oldest = now - tonumber(ARGV[3])
    if oldest > 0 then
        added = added - redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f', oldest))
    end
end
if added ~= 0 then
    redis.call('HINCRBY', KEYS[2], 'length', added)
end
return 1
