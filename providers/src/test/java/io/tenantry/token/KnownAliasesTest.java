package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownAliasesTest {
    private static final TenantId NORTHBANK = new TenantId("northbank");
    private static final TenantId HARBOR = new TenantId("harbor");

    private final Map<String, Lender> cache = new HashMap<>();
    private final List<TenantId> asked = new ArrayList<>();
    private final KnownAliases aliases = new KnownAliases();

    @Test
    void theDatabaseIsAskedForAnAliasThatIsNotKnown() {
        cache.put("1", new Lender(NORTHBANK, true));

        assertThat(find(NORTHBANK)).contains(new Lender(NORTHBANK, true));
        assertThat(asked).containsExactly(NORTHBANK);
    }

    @Test
    void theDatabaseIsNotAskedForAnAliasThatIsKnown() {
        cache.put("1", new Lender(NORTHBANK, true));
        aliases.learn(NORTHBANK, "1");

        assertThat(find(NORTHBANK)).contains(new Lender(NORTHBANK, true));
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsKnownOfOneTenantSaysNothingOfAnother() {
        cache.put("1", new Lender(NORTHBANK, true));
        cache.put("2", new Lender(HARBOR, true));
        aliases.learn(NORTHBANK, "1");

        assertThat(find(HARBOR)).contains(new Lender(HARBOR, true));
        assertThat(asked).containsExactly(HARBOR);
    }

    @Test
    void tenantThatWasDisabledMeanwhileIsSeenDisabled() {
        cache.put("1", new Lender(NORTHBANK, true));
        aliases.learn(NORTHBANK, "1");
        cache.put("1", new Lender(NORTHBANK, false));

        assertThat(find(NORTHBANK)).contains(new Lender(NORTHBANK, false));
    }

    @Test
    void tenantThatWasDeletedMeanwhileIsGone() {
        aliases.learn(NORTHBANK, "1");

        assertThat(find(NORTHBANK)).isEmpty();
    }

    @Test
    void organizationWithAnotherAliasIsNotTheTenant() {
        cache.put("1", new Lender(HARBOR, true));
        aliases.learn(NORTHBANK, "1");

        assertThat(find(NORTHBANK)).isEmpty();
    }

    private Optional<Lender> find(TenantId id) {
        return aliases.find(id, Lender::id, key -> Optional.ofNullable(cache.get(key)), alias -> {
            asked.add(alias);
            return cache.values().stream()
                    .filter(lender -> lender.id().equals(alias))
                    .findFirst();
        });
    }

    private record Lender(TenantId id, boolean enabled) {}
}
