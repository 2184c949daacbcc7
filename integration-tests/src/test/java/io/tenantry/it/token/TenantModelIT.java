package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.CutoffWindow;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestOrgGroup;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of joining, leaving, enabling, signing in, refreshing, exchanging and switching, against a model of
 * what must come of them. Every token and every refusal is checked; a failure names the seed and the steps.
 */
@WithServer
class TenantModelIT {
    private static final int STEPS = 120;

    private static final int RECENT_SECONDS = 20;

    private static final List<String> ALIASES = List.of("northbank", "harbor", "summit");

    private final long seed = Long.getLong("tenantry.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<String> steps = new ArrayList<>();

    private final Map<String, TestOrg> tenants = new LinkedHashMap<>();
    private final Map<String, TestOrgGroup> groups = new LinkedHashMap<>();
    private final Set<String> joined = new TreeSet<>();
    private final Set<String> disabled = new TreeSet<>();
    private final List<Held> held = new ArrayList<>();

    /** Up to when the access tokens of each were ended. */
    private final Map<String, List<CutoffWindow>> cutoffs = new HashMap<>();

    /** How often Alice has left each. */
    private final Map<String, Integer> left = new HashMap<>();

    /**
     * An answer with tokens.
     *
     * @param tenant what it is for
     * @param left how often Alice had left that before
     */
    private record Held(Tokens tokens, String tenant, int left) {}

    @Test
    void everyTokenKeepsTheInvariantsWhateverIsTried(TestRealm realm) {
        TestUser alice = realm.user("alice");
        for (String alias : ALIASES) {
            TestOrg org = realm.org(alias);
            tenants.put(alias, org);
            groups.put(alias, org.group("staff").realmRole("role-of-" + alias));
        }
        TestClient app = Lenders.mapped(realm.confidentialClient("app"), Map.of("tenant.required", "true"));
        TestClient fixed = Lenders.mapped(realm.confidentialClient("fixed"), Map.of("tenant.required", "true"));
        TestClient switcher = Lenders.mapped(realm.confidentialClient("switcher"), Map.of("tenant.required", "true"));
        switcher.update(
                Map.of("attributes", Map.of("standard.token.exchange.enabled", "true", "tenant.switch", "true")));
        app.audience(fixed);
        app.audience(switcher);

        for (int step = 0; step < STEPS; step++) {
            String alias = ALIASES.get(random.nextInt(ALIASES.size()));
            switch (random.nextInt(10)) {
                case 0, 1 -> join(alias, alice);
                case 2 -> leave(alias, alice);
                case 3 -> toggle(alias);
                case 4, 5 -> signIn(app, alice, alias);
                case 6, 7 -> refresh(app, alias);
                case 8 -> exchange(fixed, alias, false);
                default -> exchange(switcher, alias, true);
            }
        }
        assertThat(held).as(story()).isNotEmpty();
    }

    private void join(String alias, TestUser alice) {
        if (joined.add(alias)) {
            steps.add("join " + alias);
            tenants.get(alias).add(alice);
            groups.get(alias).add(alice);
        }
    }

    private void leave(String alias, TestUser alice) {
        if (joined.remove(alias)) {
            steps.add("leave " + alias);
            ended(alias, () -> tenants.get(alias).remove(alice));
            left.merge(alias, 1, Integer::sum);
        }
    }

    private void ended(String alias, Runnable change) {
        cutoffs.computeIfAbsent(alias, key -> new ArrayList<>()).add(CutoffWindow.around(change));
    }

    private void toggle(String alias) {
        boolean enable = disabled.contains(alias);
        steps.add((enable ? "enable " : "disable ") + alias);
        Runnable change = () -> tenants.get(alias).update(Map.of("enabled", enable));
        if (enable) {
            change.run();
            disabled.remove(alias);
        } else {
            ended(alias, change);
            disabled.add(alias);
        }
    }

    private void signIn(TestClient app, TestUser alice, String alias) {
        steps.add("sign in for " + alias);
        Tokens answer = app.password(alice, "openid organization:" + alias);
        check(app, answer, active(alias), alias, true);
    }

    private void refresh(TestClient app, String alias) {
        if (held.isEmpty()) {
            return;
        }
        Held old = held.get(random.nextInt(held.size()));
        List<String> scopes =
                List.of("openid", "openid organization", "openid organization:*", "openid organization:" + alias);
        String scope = scopes.get(random.nextInt(scopes.size()));
        steps.add("refresh " + old.tenant() + " with " + scope);
        boolean named = scope.endsWith(":" + alias);
        check(
                app,
                app.refresh(old.tokens(), scope),
                active(old.tenant()) && old.left() == left(old.tenant()) && (!named || alias.equals(old.tenant())),
                old.tenant(),
                true);
    }

    private void exchange(TestClient client, String alias, boolean maySwitch) {
        if (held.isEmpty()) {
            return;
        }
        Held subject = held.get(random.nextInt(held.size()));
        boolean naming = random.nextBoolean();
        String scope = naming ? "openid organization:" + alias : "openid organization";
        steps.add("exchange " + subject.tenant() + " at " + client.clientId() + " with " + scope);
        String target = naming ? alias : subject.tenant();
        long issuedAt = issuedAt(subject.tokens());
        Tokens answer = client.exchange(subject.tokens().accessToken(), scope);
        boolean expected = active(subject.tenant())
                && active(target)
                && (target.equals(subject.tenant()) || maySwitch)
                && cutoffs(subject.tenant()).noneMatch(cutoff -> cutoff.covers(issuedAt));
        boolean uncertain = cutoffs(subject.tenant()).anyMatch(cutoff -> cutoff.mayCover(issuedAt));
        check(client, answer, expected && !(uncertain && answer.status() != 200), target, false);
    }

    private Stream<CutoffWindow> cutoffs(String alias) {
        return cutoffs.getOrDefault(alias, List.of()).stream();
    }

    /** What is lost with a membership does not come back with another. */
    private int left(String alias) {
        return left.getOrDefault(alias, 0);
    }

    private static long issuedAt(Tokens answer) {
        return ((Number) answer.accessClaims().get("iat")).longValue();
    }

    /** A request that takes long may be refused for what was revoked just before it. */
    private boolean overtaken(Tokens answer, String tenant) {
        Instant recently = Instant.now().minusSeconds(RECENT_SECONDS);
        return String.valueOf(answer.errorDescription()).contains("revoked during this request")
                && cutoffs(tenant).anyMatch(cutoff -> cutoff.latest().isAfter(recently));
    }

    private boolean active(String alias) {
        return joined.contains(alias) && !disabled.contains(alias);
    }

    private void check(TestClient client, Tokens answer, boolean expected, String tenant, boolean keep) {
        boolean granted = expected && !overtaken(answer, tenant);
        assertThat(answer.status())
                .as(story() + ": " + answer.error() + " " + answer.errorDescription())
                .isEqualTo(granted ? 200 : 400);
        if (!granted) {
            assertThat(answer.error()).as(story()).isNotBlank();
            return;
        }
        List<Map<String, Object>> documents = new ArrayList<>();
        documents.add(answer.accessClaims());
        long issuedAt = issuedAt(answer);
        if (cutoffs(tenant).noneMatch(cutoff -> cutoff.mayCover(issuedAt))) {
            documents.add(client.introspect(answer.accessToken()).jsonPath().getMap(""));
        }
        for (Map<String, Object> document : documents) {
            assertThat(document)
                    .as(story())
                    .containsEntry("tenant_id", tenant)
                    .containsEntry("tenant_roles", List.of("role-of-" + tenant));
            ALIASES.stream()
                    .filter(other -> !other.equals(tenant))
                    .forEach(
                            other -> assertThat(document.toString()).as(story()).doesNotContain(other));
        }
        if (keep) {
            held.add(new Held(answer, tenant, left(tenant)));
        }
    }

    private String story() {
        return "-Dtenantry.seed=" + seed + " after " + steps;
    }
}
