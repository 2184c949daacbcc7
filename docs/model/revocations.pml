/*
 * How revocations reach consumers: table, stream, watermark, epoch, two consumers; and clocks that step, commits that take
 * long, rebuilds, a failover. README.md beside this file says what is checked, what is left out, and how to run it.
 *
 * Without a switch this is the design as it is. Each switch changes one point of it:
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
 *   EPOCH_NOT_COMPARED      a consumer reads on in a data set that was built anew, as if it were the one before
 * REACHED turns the question round: the good that must be possible is asserted not to be.
 */

/* Units of time; what is true of these is true of longer ones, as only their order is ever asked for */
#define LIFE    2   /* a token is valid for so long */
#define MARGIN  2   /* a cutoff reaches so far past the clock that was read */
#define STALE   1   /* a consumer trusts a watermark for so long */
#define OLD     (STALE + 1)
#define OFF     2   /* so far ahead is the clock of who issues tokens of a session, with which nothing is compared */
#define SKEW    4   /* a revocation is kept for so much longer than what it covers */
#define SLOW    (MARGIN + 1)    /* a commit takes so long at the most: the margin does not cover it */
#define JUMP    40  /* so far ahead is a clock that has stepped: past the end of all that is live */

#ifdef MARGIN_SPENT_TWICE
#define GUARD   MARGIN
#define DELAY   MARGIN
#else
#define GUARD   1   /* a token request that takes longer looks into the table before it answers */
#define DELAY   1   /* a commit that takes longer is followed by a second cutoff */
#endif

#ifndef CONSUMERS
#define CONSUMERS 2
#endif

mtype:clock = { NONE, NODE, REDIS, CONSUMER };

byte now;                       /* the true time, which is also the database's; 0 until a request begins to revoke */
bool session;                   /* whether a session is revoked, which never comes again; else a user */

/* One clock is ahead at a time, once: of node 1, which only drains, of Redis, or of consumer 0 */
mtype:clock ahead = NONE;
bool mayStep = true;
bool mayBeDisturbed = true;

/* The request that revokes, and its rows: the first, and the second that follows a slow commit */
mtype:request = { IDLE, READ, COMMITTED, COVERED };
mtype:request request = IDLE;
byte committedAt;
typedef Row { bool there; bool published; byte cutoff };
Row row[2];
#ifdef ROWS_BY_THEIR_CLOCK
bool createdAhead;
#endif

/* Redis. SOUND: it has the epoch that the table names. PROMOTED: so it has, but is another server. WANTED: an operator
   wants all published anew. BUILDING: it has no epoch. */
mtype:dataSet = { SOUND, PROMOTED, WANTED, BUILDING };
mtype:dataSet dataSet = SOUND;
bool entry[2];

/* How long ago it was true (by its own time, or since it was written where that lies ahead), whether its time is that of a
   clock that was ahead, and what it claims: 0 nothing of the revocation, 1 the first row, 2 all of it */
typedef Watermark { byte age; byte claim; bool isAhead };
Watermark watermark;

/* A drainer's tick, by one of two nodes: 0, whose clock is right, or 1, while it is ahead */
mtype:tick = { RESTING, CLOCK_READ, LOOKED, CLEARED };
mtype:tick tick = RESTING;
byte node;
bool sameEpoch;                 /* whether the data set still has the epoch that the tick began with */
Watermark next;

/* What it knows, and of the watermark that it goes by how old that is and what it claims */
typedef Consumer { bool knows[2]; byte age; byte claim;
#ifdef EPOCH_NOT_COMPARED
    bool astray                 /* its place in the stream is one in the data set before */
#endif
};
Consumer consumer[CONSUMERS];
bool settledAhead;              /* where the clock of consumer 0 stood when that loaded last */

/* What must never be */
bool acceptedRevoked;           /* a consumer is fresh, and accepts what its watermark says it knows to be revoked */
bool barredSignIn;              /* a consumer refuses the token of a sign-in that came when all was over */
bool staleThoughServed;         /* a node whose clock is right has just moved the watermark on, and nobody can be fresh by it */
bool leftWaiting;               /* a node drains and leaves out what was committed a while ago */

#define hasCommitted    (request == COMMITTED || request == COVERED)
#define claimable       (request == COVERED -> 2 : (request == COMMITTED -> 1 : 0))

#define isOff(n)        ((n) == 1 && ahead == NODE)
#define clock(n)        (now + (isOff(n) -> JUMP : 0))
#define earlier         now     /* of any two clocks, as no more than one is ahead */
#define expiry(r)       (row[r].cutoff + LIFE + SKEW)
#define live(r, time)   (row[r].there && expiry(r) > (time))

#ifdef PENDING_BY_ONE_CLOCK
#define pendingTime(n)  clock(n)
#else
#define pendingTime(n)  earlier
#endif
#ifdef REBUILD_BY_ONE_CLOCK
#define rebuildTime(n)  clock(n)
#else
#define rebuildTime(n)  earlier
#endif
#ifdef PURGE_BY_ONE_CLOCK
#define purgeTime(n)    clock(n)
#else
#define purgeTime(n)    earlier
#endif
#ifdef TRIM_BY_ONE_CLOCK
#define trimTime        (now + (ahead == REDIS -> JUMP : 0))
#else
#define trimTime        earlier
#endif

#define waits(r, n)     (live(r, pendingTime(n)) && !row[r].published)
#ifdef ROWS_BY_THEIR_CLOCK
#define drains(r, n)    (waits(r, n) && !((r) == 0 && createdAhead && !isOff(n)))
#else
#define drains(r, n)    waits(r, n)
#endif

#define raises          (next.isAhead || (!watermark.isAhead && next.age <= watermark.age))
#ifdef WATERMARK_ONLY_RISES
#define lowers(n)       false
#else
#define lowers(n)       (watermark.isAhead && !next.isAhead && !isOff(n))
#endif

#define isAhead(c)      ((c) == 0 && ahead == CONSUMER)
#ifdef EVICT_BY_ONE_CLOCK
#define hasStepped(c)   false
#define evictTime(c)    (now + (isAhead(c) -> JUMP : 0))
#else
#define hasStepped(c)   ((c) == 0 && settledAhead != (ahead == CONSUMER))
#define evictTime(c)    earlier
#endif
/* To a clock that is ahead every watermark is old; one that is ahead as well does not come together with it */
#define fresh(c)        (consumer[c].age <= STALE && !hasStepped(c) && !isAhead(c))

/* Of all tokens that were issued from what was there before the commit, the one with the latest iat is accepted wherever any
   is. Of those that the first row covers, it is the one with the latest that is not past its cutoff. */
#define latest          ((now < committedAt + GUARD -> now : committedAt + GUARD) + (session -> OFF : 0))
#define latestOfFirst   (latest < row[0].cutoff -> latest : row[0].cutoff)
/* Of all sign-ins that come when all is over, the first is refused wherever any is */
#define firstAfter      ((row[1].cutoff > 0 -> row[1].cutoff : committedAt + MARGIN) + 1)

#ifdef SESSIONS_BY_IAT
#define covers(r, iat)  ((iat) <= row[r].cutoff)
#else
#define covers(r, iat)  (session || (iat) <= row[r].cutoff)
#endif
#define refuses(c, iat) ((consumer[c].knows[0] && covers(0, iat)) || (consumer[c].knows[1] && covers(1, iat)))
#define accepts(c, iat) (fresh(c) && now < (iat) + LIFE && !refuses(c, iat))
#define accepted(c)     ((consumer[c].claim == 2 && accepts(c, latest)) \
                         || (consumer[c].claim > 0 && accepts(c, latestOfFirst)))
#define barred(c)       (!session && request == COVERED && refuses(c, firstAfter))

inline check(c) {
#ifdef REACHED
    assert(!(fresh(c) && consumer[c].claim == 2 && refuses(c, latest) && row[1].there && !mayStep && !mayBeDisturbed
             && dataSet == SOUND))
#else
    acceptedRevoked = accepted(c);
    assert(!acceptedRevoked);
    barredSignIn = barred(c);
    assert(!barredSignIn)
#endif
}

/* It counts as published in the data set that the table names, and in no other */
inline publish(r) {
    entry[r] = true;
    row[r].published = (dataSet != BUILDING)
}

inline none(mark) {
    mark.age = OLD; mark.claim = 0; mark.isAhead = false
}

inline older(mark) {
    if
    :: mark.age < OLD -> mark.age++
    :: else
    fi;
    if
    :: mark.age == OLD -> mark.claim = 0
    :: else
    fi
}

inline rest() {
    tick = RESTING; node = 0; sameEpoch = false; none(next)
}

inline drain(n) {
    if
    :: drains(0, n) -> publish(0)
    :: else
    fi;
    if
    :: drains(1, n) -> publish(1)
    :: else
    fi;
    /* Whatever was committed a while ago is drained, whoever wrote it */
    leftWaiting = !isOff(n) && dataSet != BUILDING && hasCommitted && committedAt < now && live(0, now) && !row[0].published;
    assert(!leftWaiting)
}

inline advance(n) {
    if
    :: raises || lowers(n) -> watermark.age = next.age; watermark.claim = next.claim; watermark.isAhead = next.isAhead
    :: else
    fi;
    staleThoughServed = !isOff(n) && !next.isAhead && next.age == 0 && watermark.age > STALE;
    assert(!staleThoughServed);
    if
    :: entry[0] && expiry(0) <= trimTime -> entry[0] = false
    :: else
    fi;
    if
    :: entry[1] && expiry(1) <= trimTime -> entry[1] = false
    :: else
    fi
}

/* From here on the table has another epoch, and the data set none */
inline clear() {
    dataSet = BUILDING; entry[0] = false; entry[1] = false; none(watermark); sameEpoch = false;
#ifdef EPOCH_NOT_COMPARED
    consumer[0].astray = true; consumer[CONSUMERS - 1].astray = true;
#endif
    none(next)
}

inline build(n) {
    if
    :: live(0, rebuildTime(n)) -> entry[0] = true; row[0].published = true
    :: else
    fi;
    if
    :: live(1, rebuildTime(n)) -> entry[1] = true; row[1].published = true
    :: else
    fi;
    dataSet = SOUND
}

inline read(c) {
    consumer[c].knows[0] = consumer[c].knows[0] || entry[0];
    consumer[c].knows[1] = consumer[c].knows[1] || entry[1]
}

/* The watermark that it read, if the epoch is still what it was as it began; one that claims nothing is as good as none */
inline take(c) {
    consumer[c].age = (watermark.claim > 0 -> watermark.age : OLD);
    consumer[c].claim = watermark.claim
}

inline consume(c) {
    if
    :: hasStepped(c) ->
        /* It loads anew, and what it went by counts for nothing until it has */
        consumer[c].age = OLD; consumer[c].claim = 0; settledAhead = (ahead == CONSUMER)
#ifdef EPOCH_NOT_COMPARED
    :: !hasStepped(c) && consumer[c].astray && dataSet != BUILDING -> take(c)
    :: !hasStepped(c) -> read(c); consumer[c].astray = false
    :: !hasStepped(c) && !consumer[c].astray && dataSet != BUILDING -> read(c); take(c)
#else
    :: !hasStepped(c) -> read(c)
    :: !hasStepped(c) && dataSet != BUILDING -> read(c); take(c)
#endif
    :: !hasStepped(c) && consumer[c].knows[0] && expiry(0) <= evictTime(c) -> consumer[c].knows[0] = false
    :: !hasStepped(c) && consumer[c].knows[1] && expiry(1) <= evictTime(c) -> consumer[c].knows[1] = false
    fi
}

active proctype world() {
    d_step {
        none(watermark); none(next);
        consumer[0].age = OLD; consumer[CONSUMERS - 1].age = OLD
    }
    if
    :: session = true
    :: session = false
    fi;
    do
    /* The request: all else is written, the clock is read, the commit, a second cutoff where that took long */
    :: d_step { request == IDLE -> request = READ;
#ifdef NOT_BEFORE_AS_STATED
        row[0].cutoff = now + (session -> MARGIN : JUMP)
#else
        row[0].cutoff = now + MARGIN
#endif
        }
#ifdef ROWS_BY_THEIR_CLOCK
    :: d_step { request == READ && !createdAhead -> createdAhead = true }
#endif
    :: d_step { request == READ -> row[0].there = true; committedAt = now;
#ifdef CUTOFF_AT_INSERT
        request = COVERED
#else
        /* The clock was read at 0 */
        request = (!session && now > DELAY -> COMMITTED : COVERED)
#endif
        }
    :: d_step { request == COMMITTED -> request = COVERED; row[1].there = true; row[1].cutoff = now + MARGIN }
    /* Published by the request itself, if Redis answers in time */
    :: d_step { row[0].there && !row[0].published -> publish(0) }
    :: d_step { row[1].there && !row[1].published -> publish(1) }

    /* Purge: if node 0 may, so may node 1 */
    :: d_step { row[0].there && !live(0, purgeTime(1)) -> row[0].there = false; row[0].published = false }
    :: d_step { row[1].there && !live(1, purgeTime(1)) -> row[1].there = false; row[1].published = false }

    /* A node's tick: drain, read the clock, then the table, then move the watermark on or rebuild */
    :: atomic { tick == RESTING ->
        if
        :: node = 0
        :: ahead == NODE -> node = 1
        fi;
        drain(node);
        next.age = 0; next.claim = claimable; next.isAhead = isOff(node);
        sameEpoch = (dataSet != BUILDING);
        tick = CLOCK_READ }
    :: d_step { tick == CLOCK_READ ->
        if
        :: waits(0, node) || waits(1, node) -> rest()
        :: else -> tick = LOOKED
        fi }
    :: d_step { tick == LOOKED && sameEpoch && (dataSet == SOUND || dataSet == WANTED) -> advance(node); rest() }
    :: d_step { tick == LOOKED && !sameEpoch && dataSet != BUILDING -> rest() }
    :: d_step { (tick == CLOCK_READ || tick == LOOKED) && dataSet != SOUND && (sameEpoch || dataSet == BUILDING) ->
        clear(); tick = CLEARED }
    :: d_step { tick == CLEARED -> build(node); rest() }
    /* It dies on the way */
    :: d_step { tick == CLEARED -> rest() }
    /* Meanwhile the other node may rebuild, which this one then finds out */
    :: d_step { (tick == CLOCK_READ || tick == LOOKED) && dataSet != SOUND -> clear(); build(0) }

    /* Once, a replica is promoted that lacks none or some of the latest writes, and of those the last, the watermark, first;
       or an operator wants all published anew */
    :: atomic { mayBeDisturbed && dataSet == SOUND -> mayBeDisturbed = false;
        if
        :: dataSet = PROMOTED
        :: dataSet = PROMOTED; none(watermark);
            if
            :: entry[0] = false
            :: entry[0]
            fi;
            if
            :: entry[1] = false
            :: entry[1]
            fi
        :: dataSet = WANTED
        fi }

    /* Consumers only read; each may begin whenever it likes, and be as slow as it likes */
    :: atomic { consume(0); check(0) }
#if CONSUMERS == 2
    :: atomic { consume(1); check(1) }
#endif

    /* Time passes once a request has begun, and until no token that it revokes is valid any more */
    :: d_step { (request == READ && now < SLOW) || (hasCommitted && now + 1 < latest + LIFE) ->
        now++;
        older(watermark);
        if
        :: tick == CLOCK_READ || tick == LOOKED -> older(next)
        :: else
        fi;
        older(consumer[0]); check(0);
#if CONSUMERS == 2
        older(consumer[1]); check(1)
#endif
        }
    :: atomic { mayStep -> mayStep = false;
        if
        :: ahead = NODE
        :: ahead = REDIS
        :: ahead = CONSUMER
        fi }
    :: d_step { ahead != NONE -> ahead = NONE; check(0) }
    od
}
