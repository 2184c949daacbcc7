package io.tenantry.password;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Says once that a lender's rules cannot be used, and again only when something else about them is wrong. */
final class BrokenPolicyLog {
    private static final Logger LOG = Logger.getLogger(BrokenPolicyLog.class);
    private static final int REMEMBERED = 1_000;

    private final Set<String> said = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    void report(String realm, LenderPolicy policy) {
        for (BrokenRule broken : policy.broken()) {
            if (said.add(realm + '\n' + policy.lender().id() + '\n' + broken)) {
                LOG.errorf(
                        "Realm %s, tenant %s: the password rule %s cannot be used: %s. Until it is mended in the"
                                + " organization's attribute %s, its members' passwords cannot be changed",
                        realm, policy.lender().id(), broken.text(), broken.problem(), TenantPolicyAttributes.RULES);
            }
        }
    }
}
