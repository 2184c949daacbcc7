package io.tenantry.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tenantry.contract.Revocation;
import io.tenantry.revocation.outbox.JpaLiveRevocations;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revocation as the admin API shows it; moments as ISO 8601 texts in UTC.
 *
 * @param selector the parts that the kind has, in the contract's order
 * @param createdAt left out where it was made just now
 * @param publishedAt left out while it is not known to be published
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IssuedRevocation(
        String id,
        String kind,
        List<String> selector,
        String cutoff,
        String expiresAt,
        String cause,
        @Nullable String createdAt,
        @Nullable String publishedAt) {
    public IssuedRevocation {
        selector = List.copyOf(selector);
    }

    static IssuedRevocation of(Revocation revocation) {
        return of(revocation, null, null);
    }

    static IssuedRevocation of(JpaLiveRevocations.Row row) {
        return of(row.revocation(), row.createdAt(), row.publishedAt());
    }

    private static IssuedRevocation of(
            Revocation revocation, @Nullable Instant createdAt, @Nullable Instant publishedAt) {
        return new IssuedRevocation(
                revocation.id(),
                revocation.selector().kind().wireName(),
                revocation.selector().parts(),
                revocation.cutoff().toString(),
                revocation.expiresAt().toString(),
                revocation.cause(),
                createdAt == null ? null : createdAt.toString(),
                publishedAt == null ? null : publishedAt.toString());
    }
}
