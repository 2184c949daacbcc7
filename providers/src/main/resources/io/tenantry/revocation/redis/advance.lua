-- Checks a realm's data set and moves its watermark on. Returns whether it is intact (1) or must be rebuilt (0), up to
-- when it now claims to be complete or '', how many entries were taken out that nobody can read, and whether another
-- installation wants the data set (1).
-- KEYS: the stream, the watermark's hash, the epoch
-- ARGV: the epoch expected, the watermark in epoch ms or '', the publisher's time in epoch ms, how many live entries there
-- must be at least or '', then the watermark's stream entry

redis.replicate_commands()

local STREAM, HASH, EPOCH = KEYS[1], KEYS[2], KEYS[3]
local LOST = { 0, '', 0, 0 }

-- What another type stands in for is lost; any other error is one of the server's
local function ask(...)
    local answer = redis.pcall(...)
    if type(answer) == 'table' and answer.err then
        if string.find(answer.err, 'WRONGTYPE', 1, true) then
            return nil
        end
        error(answer.err)
    end
    return answer
end

if ask('GET', EPOCH) ~= ARGV[1] then
    return LOST
end
-- A server that was restarted, restored or promoted may have lost the latest writes, and none of them can tell
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if not run then
    return redis.error_reply('ERR INFO names no run_id: revocations need a server that does')
end
-- Changes with every promotion, that of a former master included, which keeps its run id
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
local server = run .. ':' .. history
local known = ask('HMGET', HASH, 'at', 'entry', 'server', 'length', 'looked', 'raised', 'rival', 'tail', 'dead')
if not known or known[3] ~= server then
    return LOST
end
-- What is no id or no count was written by somebody else, and the server would refuse it
local function isId(text)
    local time, sequence = string.match(text, '^(%d+)%-(%d+)$')
    return time and #time < 20 and #sequence < 20
end
local function isCount(text)
    return text == '0' or #text < 16 and string.find(text, '^%-?[1-9]%d*$')
end
local sound = known[4] and isCount(known[4]) and (not known[2] or isId(known[2]))
for _, id in ipairs({ known[5] or '', known[8] or '' }) do
    sound = sound and (id == '' or isId(id))
end
if not sound then
    return LOST
end
-- Somebody may have trimmed the stream, or taken entries out of it
local length, standing = tonumber(known[4]), ask('XLEN', STREAM)
if not standing or standing < length then
    return LOST
end
if known[2] and #redis.call('XRANGE', STREAM, known[2], known[2]) == 0 then
    return LOST
end
local least = tonumber(ARGV[4])
if least and standing - (known[2] and 1 or 0) < least then
    return LOST
end

local time = redis.call('TIME')
local own = time[1] * 1000 + math.floor(time[2] / 1000)
local publisher = tonumber(ARGV[3])
-- Either clock may have jumped: nothing has expired that one of them takes for live, and nothing is missed that one of
-- them takes for expired
local earlier, later = math.min(own, publisher), math.max(own, publisher)

local gone, strays = 0, 0
local function fields(found)
    local entry = {}
    for f = 1, #found[2], 2 do
        entry[found[2][f]] = found[2][f + 1]
    end
    return entry
end
local function isRevocation(entry)
    return entry.kind and entry.selector and tonumber(entry.cutoff) and tonumber(entry.exp)
end
local function takeOut(id)
    gone = gone + redis.call('XDEL', STREAM, id)
end

-- The oldest go first, as they mostly expire; whatever else has, is found in its turn below
local page, expired = nil, 0
repeat
    page = redis.call('XRANGE', STREAM, '-', '+', 'COUNT', expired == 0 and 10 or 250)
    local before = expired
    for _, found in ipairs(page) do
        local entry = fields(found)
        if isRevocation(entry) and tonumber(entry.exp) < earlier then
            takeOut(found[1])
            expired = expired + 1
        end
    end
until #page == 0 or expired - before < #page or expired > 2000

-- Whether each entry still has its key is looked at in turn, some at a time
local LOOK_AT = 100
local names = string.sub(STREAM, 1, -1 - string.len('stream'))
local looked = known[5] and known[5] ~= '' and known[5]
page = redis.call('XRANGE', STREAM, looked and '(' .. looked or '-', '+', 'COUNT', LOOK_AT)
for _, found in ipairs(page) do
    local entry = fields(found)
    if isRevocation(entry) then
        if tonumber(entry.exp) < earlier then
            takeOut(found[1])
        elseif tonumber(entry.exp) > later then
            local cutoff = ask('GET', names .. entry.kind .. (entry.selector == '' and '' or ':' .. entry.selector))
            if not tonumber(cutoff or nil) or tonumber(cutoff) < tonumber(entry.cutoff) then
                return LOST
            end
        end
    elseif not entry.watermark then
        -- Consumers cannot read it either
        strays = strays + redis.call('XDEL', STREAM, found[1])
    end
end
if #page == LOOK_AT then
    redis.call('HSET', HASH, 'looked', page[#page][1])
elseif looked then
    redis.call('HSET', HASH, 'looked', '')
end

-- A watermark that was taken out leaves a hole until all of its node is gone: so what came between watermarks is moved
-- together once in a while. Who reads on meets it once more, with the id that it had
local DEAD, LOOSE, NODE = 20, 64, 3000
local function gather(tail)
    local loose = redis.call('XRANGE', STREAM, tail and '(' .. tail or '-', '+', 'COUNT', LOOSE + 1)
    if #loose > LOOSE then
        -- Dense enough; known[2] is the watermark that was the last of all
        return known[2]
    end
    local bytes, last = 0, nil
    for _, found in ipairs(loose) do
        local entry = fields(found)
        redis.call('XDEL', STREAM, found[1])
        if isRevocation(entry) and tonumber(entry.exp) >= earlier then
            last = redis.call('XADD', STREAM, '*', unpack(found[2]))
            for _, text in ipairs(found[2]) do
                bytes = bytes + string.len(text)
            end
        elseif isRevocation(entry) then
            gone = gone + 1
        elseif not entry.watermark then
            strays = strays + 1
        end
    end
    return bytes >= NODE and last or tail
end

local at, mine = tonumber(known[1] or nil), tonumber(ARGV[2])
local raised = tonumber(known[6] or nil)
local raise = mine and (not at or mine > at)
-- It lies ahead of us: the clock of whoever wrote it was ahead as well, if Redis says so too or nobody goes on with it
local lower = mine and at and mine < at and at > publisher + 1000 and (at > own + 1000 or not raised or own - raised > 3000)
local added = 0
if raise or lower then
    local dead = tonumber(known[9] or nil) or 0
    -- One watermark is enough, and keeps an idle realm's stream at one entry
    if known[2] then
        added = added - redis.call('XDEL', STREAM, known[2])
        dead = dead + 1
    end
    if dead >= DEAD then
        local tail = gather(known[8] and known[8] ~= '' and known[8])
        redis.call('HSET', HASH, 'tail', tail or '')
        dead = 0
    end
    local entry = { 'XADD', STREAM, '*' }
    for f = 5, #ARGV do
        entry[#entry + 1] = ARGV[f]
    end
    local id = redis.call(unpack(entry))
    added = added + 1
    at = mine
    redis.call('HSET', HASH, 'at', ARGV[2], 'entry', id, 'dead', dead, 'raised', own)
end
if added ~= gone then
    redis.call('HINCRBY', HASH, 'length', added - gone)
end
redis.call('HSET', HASH, 'beat', own)
local rival = tonumber(known[7] or nil)
return { 1, at and string.format('%.0f', at) or '', strays, rival and own - rival < 30000 and 1 or 0 }
