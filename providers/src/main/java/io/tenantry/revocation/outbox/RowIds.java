package io.tenantry.revocation.outbox;

import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Ids of rows, each after the one before: random ones would have every row touch another page of the index. */
public final class RowIds {
    private RowIds() {}

    /** A UUID of version 7 (RFC 9562), in its canonical form of 36 characters. */
    public static String next() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null).toString();
    }
}
