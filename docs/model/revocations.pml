/*
 * How revocations reach consumers: table, stream, watermark, epoch, two consumers; and clocks that step, commits that take
 * long, rebuilds, a failover. README.md beside this file says what is checked, what is left out, and how to run it.
 *
 * Without a switch this is the design as it is. Each switch puts one point back to how it was before:
 *   CUTOFF_AT_INSERT        the clock is read as the row is inserted, and what the commit takes is nobody's concern
 *   MARGIN_SPENT_TWICE      commit and token request may each take as long as the margin, rather than both together
 *   PURGE_BY_ONE_CLOCK      a node deletes rows by its own clock
 *   PENDING_BY_ONE_CLOCK    a node does not wait for rows that have expired by its own clock
 *   REBUILD_BY_ONE_CLOCK    a node leaves out of a rebuild what has expired by its own clock
 *   TRIM_BY_ONE_CLOCK       Redis drops entries by its own clock
 *   EVICT_BY_ONE_CLOCK      a consumer forgets by its wall clock, and goes on when that steps
 *   SESSIONS_BY_IAT         a revoked session's tokens are compared with the cutoff
 *   WATERMARK_ONLY_RISES    a watermark in the future stays until its time has come
 *   ROWS_BY_THEIR_CLOCK     a row is left to its node until its own time of creation is past
 *   NOT_BEFORE_AS_STATED    the cutoff of a not-before is the not-before, however far ahead
 * REACHED turns the question round: the good that must be possible is asserted not to be.
 */

#define LIFE    1   /* a token is valid for so long */
#define SKEW    2   /* clocks of those who issue, revoke and check differ by so much at the most */
#define MARGIN  1   /* a cutoff reaches so far past the clock that was read */
#define STALE   1   /* a consumer trusts a watermark for so long */
#define ENOUGH  (MARGIN + 1)    /* no time span is told from a longer one */
#define JUMP    12  /* so far ahead is a clock that has stepped: past the end of all that is live */
#define END     4   /* time ends here, when what was revoked first is no longer live */

#ifndef CONSUMERS
#define CONSUMERS 1 /* they only read, so that one stands for any; it begins to load whenever it likes */
#endif

#ifdef MARGIN_SPENT_TWICE
#define GUARD   MARGIN
#define DELAY   MARGIN
#else
#define GUARD   0   /* a token request that takes longer looks into the table before it answers */
#define DELAY   0   /* a commit that takes longer is followed by a second cutoff */
#endif

mtype:kind = { SESSION, USER, NOT_BEFORE };
mtype:clock = { NONE, NODE, REDIS, CONSUMER };

byte now;                       /* the true time, which is also the database's */
mtype:kind kind;                /* what is revoked */

/* One clock is ahead at a time, once: of the node that only drains, of Redis, or of consumer 0. */
mtype:clock ahead = NONE;
bool mayStep = true;

/* One token. It is issued from what was there before the commit, or from a sign-in after it. */
mtype:token = { NO_TOKEN, BEGUN, ISSUED };
mtype:token token = NO_TOKEN;
byte iat;
byte held;                      /* for how long its request has been under way */
bool fromBefore, late;          /* late: so long after all was written that nothing excuses refusing it */

/* The request that revokes, and its rows: the first, and the second that follows a slow commit. */
mtype:request = { IDLE, INSERTED, READ, COMMITTED, FOLLOWED, ANSWERED };
mtype:request request = IDLE;
byte took;                      /* for how long it has been under way since its clock was read */
byte since;                     /* for how long the latest row has been there */
typedef Row { bool there; bool published; bool createdAhead; byte cutoff };
Row row[2];
byte epoch = 1;                 /* the data set that the table expects */
byte names = 1;

/* Redis: its data set's name, 0 for none; whether it is the server that the data set was built on. */
byte redisEpoch = 1;
bool sameServer = true;
typedef Entry { bool there; bool idAhead };
Entry entry[2];
/* The watermark, and beside it what it may claim: ghosts, which no part of the design sees. */
typedef Watermark { bool there; byte at; byte age; bool afterCommit; bool afterAnswer };
Watermark watermark;
bool prompt;                    /* a node whose clock is right has just moved the watermark on */
bool mayBeDisturbed = true;

/* The one of two nodes that drains: 0 has the right clock, 1 is the one that steps. */
mtype:tick = { RESTING, CLOCK_READ, NOTHING_WAITS, CLEARED };
mtype:tick tick = RESTING;
byte node;
Watermark next;

mtype:reading = { AWAY, LOADING, FOLLOWING };
typedef Consumer {
    mtype:reading reading;
    byte epoch;
    bool knows[2];
    Watermark known;
    bool settledAhead, stepped;     /* where its clock stood when it began to load, and whether it was seen to step */
};
Consumer consumer[CONSUMERS];

/* What must never be */
bool acceptedRevoked;           /* a consumer is fresh, and accepts what its watermark says it knows to be revoked */
bool barredSignIn;              /* a consumer refuses the token of a sign-in that came when all was over */
bool staleThoughServed;         /* a node whose clock is right serves a consumer, which is stale all the same */
bool leftWaiting;               /* a node drains and leaves out what was committed a while ago */

#define hasCommitted    (request == COMMITTED || request == FOLLOWED || request == ANSWERED)

#define clock(n)        (now + (((n) == 1 && ahead == NODE) -> JUMP : 0))

#define isAhead(c)      (ahead == CONSUMER)
#define wall(c)         (now + (isAhead(c) -> JUMP : 0))

#define expiry(r)       (row[r].cutoff + LIFE + SKEW)
#define live(r, time)   (row[r].there && expiry(r) > (time))
#define trueTime(n)     now     /* the earlier of a node's clock and the database's, as no more than one is ahead */

#ifdef PENDING_BY_ONE_CLOCK
#define pendingTime(n)  clock(n)
#else
#define pendingTime(n)  trueTime(n)
#endif
#ifdef REBUILD_BY_ONE_CLOCK
#define rebuildTime(n)  clock(n)
#else
#define rebuildTime(n)  trueTime(n)
#endif
#ifdef PURGE_BY_ONE_CLOCK
#define purgeTime(n)    clock(n)
#else
#define purgeTime(n)    trueTime(n)
#endif
#ifdef TRIM_BY_ONE_CLOCK
#define mayTrim(r)      (ahead == REDIS && !entry[r].idAhead)
#else
#define mayTrim(r)      !live(r, now)   /* by the earlier of Redis' time and the publisher's */
#endif

#define waits(r, n)     (live(r, pendingTime(n)) && !row[r].published)
#ifdef ROWS_BY_THEIR_CLOCK
#define mayDrain(r, n)  (waits(r, n) && !(row[r].createdAhead && ahead != NODE))
#else
#define mayDrain(r, n)  waits(r, n)
#endif
#ifdef WATERMARK_ONLY_RISES
#define mayWrite(t)     (!watermark.there || watermark.at < (t))
#else
#define mayWrite(t)     (!watermark.there || watermark.at < (t) || watermark.at > (t) + SKEW)
#endif

/* Consumers */
#ifdef EVICT_BY_ONE_CLOCK
#define hasStepped(c)   false
#define evictTime(c)    wall(c)
#else
#define hasStepped(c)   (consumer[c].stepped || consumer[c].settledAhead != isAhead(c))
#define evictTime(c)    now     /* the earlier of its wall clock and Redis', as no more than one is ahead */
#endif
#ifdef SESSIONS_BY_IAT
#define covers(r)       (iat <= row[r].cutoff)
#else
#define covers(r)       (kind == SESSION || iat <= row[r].cutoff)
#endif
#define refuses(c)      ((consumer[c].knows[0] && covers(0)) || (consumer[c].knows[1] && covers(1)))
#define fresh(c)        (consumer[c].known.there && !hasStepped(c) \
                         && wall(c) <= consumer[c].known.at + STALE \
                         && consumer[c].known.age <= STALE)
#define valid(c)        (token == ISSUED && iat <= wall(c) + SKEW && wall(c) < iat + LIFE)

#define accepted(c)     (valid(c) && fromBefore && fresh(c) && !refuses(c) \
                         && (consumer[c].known.afterAnswer \
                             || (consumer[c].known.afterCommit && iat <= row[0].cutoff)))
#define barred(c)       (valid(c) && late && refuses(c))

inline add(r) {
#ifdef TRIM_BY_ONE_CLOCK
    entry[r].idAhead = ahead == REDIS;
#endif
    entry[r].there = true
}

inline publish(r) {
    add(r);
    row[r].published = redisEpoch == epoch
}

inline loseWatermark() {
    watermark.there = false; watermark.at = 0; watermark.age = 0;
    watermark.afterCommit = false; watermark.afterAnswer = false;
    prompt = false
}

inline rest() {
    tick = RESTING; node = 0; next.at = 0; next.afterCommit = false; next.afterAnswer = false
}

inline grow(span, going) {
    span = ((going) && span < ENOUGH -> span + 1 : span)
}

inline forget(c) {
    consumer[c].known.there = false; consumer[c].known.at = 0; consumer[c].known.age = 0;
    consumer[c].known.afterCommit = false; consumer[c].known.afterAnswer = false
}

/* One that is too old is never fresh again, so that none is as good */
inline ageOne(c) {
    grow(consumer[c].known.age, consumer[c].known.there);
    if
    :: consumer[c].known.age > STALE -> forget(c)
    :: else
    fi
}

inline take(c) {
    consumer[c].knows[0] = consumer[c].knows[0] || entry[0].there;
    consumer[c].knows[1] = consumer[c].knows[1] || entry[1].there;
    if
    :: watermark.there && watermark.age <= STALE ->
        consumer[c].known.there = true;
        consumer[c].known.at = watermark.at;
        consumer[c].known.age = watermark.age;
        consumer[c].known.afterCommit = watermark.afterCommit;
        consumer[c].known.afterAnswer = watermark.afterAnswer
    :: else
    fi
}

/* Once the token is dead, nothing that happens matters any more: without a token it is looked at as well */
active proctype world() provided (!(token == ISSUED && now >= iat + LIFE)) {
    byte c, r;
    if
    :: kind = SESSION
    :: kind = USER
#ifdef NOT_BEFORE_AS_STATED
    :: kind = NOT_BEFORE
#endif
    fi;
    do
    /* A token: of the session or user before the commit, or of a sign-in after it. Its issuer's clock may be ahead where
       nothing is compared with it later. */
    :: atomic { token == NO_TOKEN && !(kind == SESSION && hasCommitted) -> token = BEGUN; fromBefore = !hasCommitted }
    :: atomic { token == BEGUN && (!hasCommitted || (!fromBefore || held <= GUARD)) ->
        if
        :: iat = now
        :: kind == SESSION -> iat = now + SKEW
        fi;
        token = ISSUED; held = 0;
        late = !fromBefore && (request == FOLLOWED || request == ANSWERED) && since > MARGIN }

    /* The request: insert, the clock read last, commit, a second cutoff where that took long, the answer */
    :: atomic { request == IDLE -> request = INSERTED;
#ifdef ROWS_BY_THEIR_CLOCK
        if
        :: skip
        :: row[0].createdAhead = true
        fi;
#endif
        row[0].cutoff = now + MARGIN }
    :: atomic { request == INSERTED -> request = READ;
#ifndef CUTOFF_AT_INSERT
        row[0].cutoff = now + MARGIN;
#endif
#ifdef NOT_BEFORE_AS_STATED
        if
        :: kind == NOT_BEFORE -> row[0].cutoff = now + JUMP
        :: else
        fi
#endif
        }
    :: atomic { request == READ -> request = COMMITTED; row[0].there = true; since = 0 }
    :: atomic { request == COMMITTED -> request = FOLLOWED;
#ifndef CUTOFF_AT_INSERT
        if
        :: took > DELAY -> row[1].there = true; row[1].cutoff = now + MARGIN; since = 0
        :: else
        fi;
#endif
        took = 0 }
    :: atomic { request == FOLLOWED -> request = ANSWERED }
    /* Published by the request itself, if Redis answers in time */
    :: atomic { (request == COMMITTED || request == FOLLOWED) && row[0].there && !row[0].published -> publish(0) }
    :: atomic { request == FOLLOWED && row[1].there && !row[1].published -> publish(1) }

    /* Purge, by either node */
    :: atomic { r = 0;
        do
        :: r < 2 -> if
            :: row[r].there && (!live(r, purgeTime(0)) || !live(r, purgeTime(1))) ->
                row[r].there = false; row[r].published = false
            :: else
            fi;
            r++
        :: else -> break
        od; r = 0 }

    /* A node's tick: drain, read the clock, then the table, then move the watermark on or rebuild */
    :: atomic { tick == RESTING ->
        if
        :: node = 0
        :: ahead == NODE -> node = 1
        fi;
        if
        :: mayDrain(0, node) -> publish(0)
        :: else
        fi;
        if
        :: mayDrain(1, node) -> publish(1)
        :: else
        fi;
        /* Whatever was committed a while ago is drained, whoever wrote it */
        leftWaiting = node == 0 && redisEpoch == epoch && live(0, now) && !row[0].published && since > 0;
        assert(!leftWaiting);
        next.at = clock(node);
        next.afterCommit = hasCommitted;
        next.afterAnswer = request == ANSWERED;
        tick = CLOCK_READ }
    :: atomic { tick == CLOCK_READ ->
        if
        :: waits(0, node) || waits(1, node) -> rest()
        :: else -> tick = NOTHING_WAITS
        fi }
    :: atomic { tick == NOTHING_WAITS && redisEpoch == epoch && sameServer ->
        if
        :: mayWrite(next.at) ->
            watermark.there = true; watermark.at = next.at; watermark.age = 0;
            watermark.afterCommit = next.afterCommit; watermark.afterAnswer = next.afterAnswer
        :: else
        fi;
        prompt = next.at == now;
        r = 0;
        do
        :: r < 2 -> if
            :: entry[r].there && mayTrim(r) -> entry[r].there = false; entry[r].idAhead = false
            :: else
            fi;
            r++
        :: else -> break
        od;
        r = 0; rest() }
    :: atomic { tick == NOTHING_WAITS && !(redisEpoch == epoch && sameServer) ->
        redisEpoch = 0; sameServer = true;
        entry[0].there = false; entry[1].there = false;
        loseWatermark(); tick = CLEARED }
    :: atomic { tick == CLEARED ->
        names++; redisEpoch = names; epoch = names;
        if
        :: live(0, rebuildTime(node)) -> publish(0)
        :: else
        fi;
        if
        :: live(1, rebuildTime(node)) -> publish(1)
        :: else
        fi;
        rest() }

    /* Once, a replica is promoted that lacks none or some of the latest writes, and of those the last, the watermark, first;
       or an operator has all published anew */
    :: atomic { mayBeDisturbed -> mayBeDisturbed = false;
        if
        :: sameServer = false
        :: sameServer = false; loseWatermark();
            if
            :: entry[0].there = false
            :: skip
            fi;
            if
            :: entry[1].there = false
            :: skip
            fi
        :: names++; epoch = names
        fi }

    /* Consumers: 0 is there from the start, 1 comes when it comes */
    :: atomic {
        if
        :: c = 0
#if CONSUMERS == 2
        :: c = 1
#endif
        fi;
        if
        :: hasStepped(c) && consumer[c].reading != LOADING ->
            /* It loads anew, and what it knew counts for nothing until it has */
            forget(c);
            consumer[c].stepped = false; consumer[c].settledAhead = isAhead(c);
            consumer[c].reading = AWAY
        :: !hasStepped(c) && consumer[c].reading == AWAY ->
            consumer[c].epoch = redisEpoch; consumer[c].reading = LOADING
        :: consumer[c].reading == LOADING ->
            if
            :: redisEpoch == consumer[c].epoch && redisEpoch != 0 -> take(c); consumer[c].reading = FOLLOWING
            :: else ->
                consumer[c].knows[0] = consumer[c].knows[0] || entry[0].there;
                consumer[c].knows[1] = consumer[c].knows[1] || entry[1].there;
                consumer[c].reading = AWAY
            fi
        :: !hasStepped(c) && consumer[c].reading == FOLLOWING && redisEpoch != consumer[c].epoch ->
            consumer[c].reading = AWAY
        :: !hasStepped(c) && consumer[c].reading == FOLLOWING && redisEpoch == consumer[c].epoch ->
            take(c);
            /* Served by a node whose clock is right, it is fresh */
            staleThoughServed = prompt && ahead != CONSUMER && !fresh(c);
            assert(!staleThoughServed)
        :: !hasStepped(c) && consumer[c].reading == FOLLOWING ->
            r = 0;
            do
            :: r < 2 -> if
                :: consumer[c].knows[r] && expiry(r) <= evictTime(c) -> consumer[c].knows[r] = false
                :: else
                fi;
                r++
            :: else -> break
            od
        fi;
        c = 0; r = 0 }

    /* Time and clocks. Before anything has begun, none needs to pass */
    :: atomic { now < END && (token != NO_TOKEN || request != IDLE) ->
        now++; prompt = false;
        grow(held, token == BEGUN);
        grow(took, request == READ);
        grow(since, hasCommitted);
        grow(watermark.age, watermark.there);
#if CONSUMERS == 2
        ageOne(1);
#endif
        ageOne(0) }
    :: atomic { mayStep -> mayStep = false;
        if
        :: ahead = NODE
        :: ahead = REDIS
        :: ahead = CONSUMER
        fi }
    :: atomic { ahead != NONE -> ahead = NONE }
    od
}

active proctype watch() {
    do
    :: atomic {
#ifdef REACHED
        assert(!(valid(0) && fresh(0) && refuses(0) && consumer[0].known.afterAnswer && row[1].there
                 && !mayStep && !mayBeDisturbed && redisEpoch > 1));
#else
        acceptedRevoked = accepted(0) || accepted(CONSUMERS - 1);
        assert(!acceptedRevoked);
        barredSignIn = barred(0) || barred(CONSUMERS - 1);
        assert(!barredSignIn);
#endif
        /* Each check looks at the clocks, and a step that was seen stays seen */
        consumer[0].stepped = consumer[0].stepped || hasStepped(0);
        consumer[CONSUMERS - 1].stepped = consumer[CONSUMERS - 1].stepped || hasStepped(CONSUMERS - 1) }
    od
}
