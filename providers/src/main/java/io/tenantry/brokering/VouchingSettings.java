package io.tenantry.brokering;

import io.tenantry.settings.InvalidSettingException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that every protocol's mapper has. {@link Keys} are their names, {@link Defaults} what holds when one is not
 * written.
 *
 * @param tenantBinding whether the provider must belong to an enabled tenant
 * @param emailDomainsEnforced whether every asserted address must be in an allowed domain, and one be asserted
 * @param emailDomains the allowed ones; none stands for the tenant's own
 * @param requiredAttributes what must be asserted
 * @param contexts the ways to sign in that are good enough; none for all
 * @param maxAge how old the sign-in there may be; empty for any age
 * @param unknownUsersAllowed whether a person without an account gets one
 * @param profileEditsForbidden whether asserted fields are fixed on the review page
 * @param contact whom a rejected user is told to ask; empty for the tenant itself
 */
public record VouchingSettings(
        boolean tenantBinding,
        boolean emailDomainsEnforced,
        EmailDomains emailDomains,
        RequiredAttributes requiredAttributes,
        Set<String> contexts,
        Optional<Duration> maxAge,
        boolean unknownUsersAllowed,
        boolean profileEditsForbidden,
        String contact) {

    /** Copies what is mutable and checks the age. */
    public VouchingSettings {
        contexts = Set.copyOf(contexts);
        maxAge.filter(age -> age.isNegative() || age.isZero()).ifPresent(age -> {
            throw new InvalidSettingException(
                    "maximum age", age.toString(), "write a number of seconds above 0, or nothing");
        });
    }

    /** The names in a mapper's configuration that the protocols share. */
    public static final class Keys {
        public static final String TENANT_BINDING = "tenant.binding";
        public static final String EMAIL_DOMAINS_ENFORCED = "email.domains.enforced";
        public static final String EMAIL_DOMAINS = "email.domains";
        public static final String UNKNOWN_USERS_ALLOWED = "unknown.users.allowed";
        public static final String PROFILE_EDITS_FORBIDDEN = "profile.edits.forbidden";
        public static final String CONTACT = "contact";

        private Keys() {}
    }

    /** What holds when nothing is written. */
    public static final class Defaults {
        public static final boolean TENANT_BINDING = true;
        public static final boolean EMAIL_DOMAINS_ENFORCED = true;
        public static final boolean UNKNOWN_USERS_ALLOWED = true;
        public static final boolean PROFILE_EDITS_FORBIDDEN = true;

        private Defaults() {}
    }
}
