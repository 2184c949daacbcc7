package io.tenantry.token;

import io.tenantry.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a SAML client gets to know of tenants by one sign-in. */
sealed interface TenantSamlAnswer {
    /** Hands the answer to the one of three that is for it, so that none is forgotten. */
    <R> R match(Supplier<R> untouched, Function<Told, R> told, Function<Refused, R> refused);

    /** Whatever Keycloak alone would say: tenants are none of this client's concern. */
    record Untouched() implements TenantSamlAnswer {
        @Override
        public <R> R match(Supplier<R> untouched, Function<Told, R> told, Function<Refused, R> refused) {
            return untouched.get();
        }
    }

    /**
     * At most one tenant.
     *
     * @param tenant the one that the sign-in is for; empty for none
     * @param narrowed whether Keycloak's organization mapper speaks too, and is kept to the tenant
     * @param reserved the names of attributes that no other mapper may write
     * @param attributes by name, what is told of the tenant
     */
    record Told(Optional<Tenant> tenant, boolean narrowed, Set<String> reserved, Map<String, List<String>> attributes)
            implements TenantSamlAnswer {
        public Told {
            reserved = Set.copyOf(reserved);
            attributes = Map.copyOf(attributes);
        }

        @Override
        public <R> R match(Supplier<R> untouched, Function<Told, R> told, Function<Refused, R> refused) {
            return told.apply(this);
        }
    }

    /**
     * Nothing, and no assertion.
     *
     * @param reason for the event; people read less
     */
    record Refused(TenantRefusal refusal, String reason) implements TenantSamlAnswer {
        @Override
        public <R> R match(Supplier<R> untouched, Function<Told, R> told, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
