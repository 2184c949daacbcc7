package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A broker's employee, who works for a thousand lenders. */
@WithServer
class ManyTenantsIT {
    private static final int TENANTS = 1_000;

    @Test
    void aMemberOfAThousandTenantsSignsInAndRefreshesForOne(TestRealm realm) {
        TestUser alice = realm.user("alice");
        // One by one: importing them with the realm takes the server longer than a transaction may last.
        IntStream.range(0, TENANTS)
                .parallel()
                .forEach(n -> realm.org("lender-" + n).add(alice));
        TestClient app = Lenders.mapped(realm.confidentialClient("app"), Map.of("tenant.required", "true"));

        Tokens tokens = app.password(alice, "openid organization:lender-500");
        Tokens refreshed = app.refresh(tokens, "openid organization");

        assertThat(refreshed.accessClaims())
                .containsEntry("tenant_id", "lender-500")
                .containsEntry("tenant_roles", List.of());
        assertThat(refreshed.accessToken().length()).isLessThan(1_500);
        assertThat(app.password(alice, "openid organization:*").error()).isEqualTo("invalid_scope");
        assertThat(app.introspect(refreshed.accessToken()).jsonPath().getString("tenant_id"))
                .isEqualTo("lender-500");
    }
}
