package io.tenantry.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against the shaded jar in a real server, over HTTP. All tests of a run share one server and one Redis; each
 * test has a realm of its own, deleted after it. Test methods (and lifecycle methods) take what they need as parameters:
 *
 * <pre>{@code
 * @WithServer
 * class TenantTokensIT {
 *     @Test
 *     void carriesTheActiveTenant(TestRealm realm) {
 *         TestOrg northbank = realm.org("northbank");
 *         TestUser alice = realm.user("alice");
 *         northbank.add(alice);
 *         northbank.group("officers").realmRole("loan-officer").add(alice);
 *         TestClient app = realm.publicClient("app")
 *                 .mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"));
 *
 *         Tokens tokens = app.login(alice, "openid organization", "northbank");
 *
 *         assertThat(tokens.accessClaims()).containsEntry("tenant_id", "northbank");
 *         assertThat(app.refresh(tokens).accessClaims()).containsEntry("tenant_id", "northbank");
 *     }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link TestServer}: the server, its Redis, the admin API, further realms
 *   <li>{@link TestRealm}: a fresh realm with organizations on and our listener enabled; its {@code admin()} is
 *       REST-assured at {@code /admin/realms/<name>} for whatever has no method yet
 *   <li>{@link TestClient}: signing in through the pages with a {@code Browser} (share one for one SSO session), password
 *       grant, refresh, exchange, introspection, userinfo, logout
 * </ul>
 *
 * A test that needs other server options, a kill or a second node starts a stack of its own:
 * {@code new StackSettings().database(Database.POSTGRES).option(…).start()} in a try-with-resources; keep these few, a
 * start takes 10 to 20 seconds. CONTRIBUTING.md says how to run one test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServerExtension.class)
public @interface WithServer {}
