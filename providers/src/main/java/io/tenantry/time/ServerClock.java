package io.tenantry.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.keycloak.common.util.Time;

/**
 * Keycloak's own time, its offset included: the one place of this pack that reads a clock. Everything else is handed a
 * {@link Clock}.
 */
public final class ServerClock extends Clock {
    /** The server's clock, in UTC. */
    public static final Clock INSTANCE = new ServerClock(ZoneOffset.UTC);

    private final ZoneId zone;

    private ServerClock(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ServerClock(other);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
