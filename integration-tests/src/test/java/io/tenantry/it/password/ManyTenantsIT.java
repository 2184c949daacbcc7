package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Somebody who belongs to many lenders: a hundred, or as many as {@code -Dit.tenants} says. Setting up a thousand takes more
 * than ten minutes, as stock asks the database about each membership whenever it loads a user; what is ours about a thousand
 * is in {@code ThousandTenantsTest}.
 */
@WithServer
class ManyTenantsIT {
    private static final int TENANTS = Integer.getInteger("it.tenants", 100);

    @Test
    void memberOfManyTenantsIsHeldToAllOfThem(TestRealm realm) {
        realm.update(Map.of("passwordPolicy", Lenders.POLICY));
        TestUser everybody = realm.user("everybody");
        for (int i = 0; i < TENANTS; i++) {
            Map<String, Object> organization = Map.of(
                    "name",
                    "lender-" + i,
                    "alias",
                    "lender-" + i,
                    "domains",
                    List.of(Map.of("name", "lender-" + i + ".example")),
                    "attributes",
                    Map.of("password-policy", List.of("length(" + (8 + i % 7) + ")", "passwordHistory(3)")));
            String location = realm.admin()
                    .body(organization)
                    .post("/organizations")
                    .then()
                    .statusCode(201)
                    .extract()
                    .header("Location");
            new TestOrg(realm, location.substring(location.lastIndexOf('/') + 1), "lender-" + i).add(everybody);
        }

        assertThat(everybody.resetPassword("only-nine").asString())
                .contains(
                        "other organizations asks for at least 10 characters.",
                        "other organizations asks for at least 14 characters.")
                .doesNotContain("at least 9 characters");
        long start = System.nanoTime();
        assertThat(everybody.resetPassword("long-enough-for-all").statusCode()).isEqualTo(204);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("A password change of a member of " + TENANTS + " tenants took " + millis + " ms");
        assertThat(millis).isLessThan(5_000);
        assertThat(everybody.resetPassword("long-enough-for-all").asString()).contains("other than your last 3");
    }
}
