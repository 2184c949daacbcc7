package io.tenantry.brokering;

import java.util.Set;

/**
 * An identity about to get an account, as it left the review page and the mappers.
 *
 * @param addresses its address, and its name if that looks like one
 * @param vouched the addresses that the provider asserted and the rules let pass
 * @param editsForbidden whether an asserted address must stay
 * @param domains where any other address must be; none for anywhere
 * @param unknownUsersAllowed whether an account may be created
 */
record FirstLogin(
        Set<String> addresses,
        Set<String> vouched,
        boolean editsForbidden,
        EmailDomains domains,
        boolean unknownUsersAllowed) {

    boolean addressesHold() {
        return addresses.stream().allMatch(this::holds);
    }

    private boolean holds(String address) {
        if (vouched.stream().anyMatch(address::equalsIgnoreCase)) {
            return true;
        }
        boolean open = vouched.isEmpty() || !editsForbidden;
        return open && (domains.isEmpty() || domains.allow(address));
    }
}
