package io.tenantry.password;

import java.util.List;

/**
 * A tenant as its rules and messages see it: plain values.
 *
 * @param id the tenant's id
 * @param name the name that people read
 * @param domains the email domains of its people, wildcards as stored
 */
record Lender(String id, String name, List<String> domains) {
    Lender {
        domains = List.copyOf(domains);
    }
}
