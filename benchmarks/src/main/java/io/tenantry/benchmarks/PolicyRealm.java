package io.tenantry.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A realm with one lender, whose members' passwords must follow the same rules wherever those are written. It has no
 * event listener of ours.
 */
final class PolicyRealm {
    /** Content rules of stock, as many as a strict lender may have. None hashes anything: that would hide the rest. */
    static final List<String> RULES = List.of(
            "length(14)",
            "digits(1)",
            "lowerCase(1)",
            "upperCase(1)",
            "specialChars(1)",
            "notUsername",
            "notEmail",
            "regexPattern(.*[a-z]{3}.*)");

    /** For what is left when hashing costs next to nothing. */
    static final String CHEAP_HASH = "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)";

    private final Admin admin;
    private final String path;
    private final List<String> users;
    private final AtomicInteger count = new AtomicInteger();

    private PolicyRealm(Admin admin, String path, List<String> users) {
        this.admin = admin;
        this.path = path;
        this.users = users;
    }

    /** The rules are the lender's, on its organization. */
    static PolicyRealm ofLender(Admin admin, String name, String hash) {
        return create(admin, name, and(hash, "tenantPolicy"), Map.of("password-policy", RULES));
    }

    /** The rules are the realm's, as stock has them. */
    static PolicyRealm ofRealm(Admin admin, String name, String hash) {
        return create(admin, name, and(hash, String.join(" and ", RULES)), Map.of());
    }

    private static String and(String hash, String rules) {
        return hash.isEmpty() ? rules : hash + " and " + rules;
    }

    private static PolicyRealm create(Admin admin, String name, String policy, Map<String, ?> attributes) {
        String path = "/realms/" + name;
        admin.post(
                "/realms",
                Map.of("realm", name, "enabled", true, "organizationsEnabled", true, "passwordPolicy", policy));
        String organization = admin.post(
                path + "/organizations",
                Map.of(
                        "name",
                        "northbank",
                        "alias",
                        "northbank",
                        "domains",
                        List.of(Map.of("name", "northbank.example")),
                        "attributes",
                        attributes));
        List<String> users = IntStream.range(0, Load.CONNECTIONS)
                .mapToObj(i -> admin.post(
                        path + "/users",
                        Map.of("username", "user" + i, "email", "user" + i + "@brokers.example", "enabled", true)))
                .toList();
        users.forEach(user -> admin.post(path + "/organizations/" + organization + "/members", user));
        PolicyRealm realm = new PolicyRealm(admin, path, users);
        realm.mustRefuse("Sixteen-Letters!", "password without a digit");
        realm.mustRefuse("Thirteen-2!ab", "password that is too short");
        return realm;
    }

    /** One for each connection: each request changes the password of a user of its own. */
    List<Source> changes() {
        return users.stream()
                .<Source>map(user -> () -> {
                    set(user, "Good-Password-" + count.incrementAndGet() + '!');
                    return user;
                })
                .toList();
    }

    private void set(String user, String password) {
        admin.put(
                path + "/users/" + user + "/reset-password",
                Map.of("type", "password", "value", password, "temporary", false));
    }

    /** Figures of rules that do not hold would say nothing. */
    private void mustRefuse(String password, String what) {
        try {
            set(users.get(0), password);
        } catch (BenchmarkException refused) {
            return;
        }
        throw new BenchmarkException("the realm at " + path + " has taken a " + what);
    }
}
