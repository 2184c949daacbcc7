package io.tenantry.revocation.secevent;

import io.tenantry.contract.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A selector as a subject identifier: RFC 9493, with the complex and token subjects of the Shared Signals Framework. */
final class SubjectId {
    private SubjectId() {}

    static Map<String, Object> of(Selector selector, String issuer) {
        List<String> parts = selector.parts();
        return switch (selector.kind()) {
            case JTI -> identifier("jwt_id", "iss", issuer, "jti", parts.get(0));
            case SID -> complex("session", opaque(parts.get(0)));
            case SUB -> user(issuer, parts.get(0));
            case MEMBER -> complex("user", user(issuer, parts.get(1)), "tenant", opaque(parts.get(0)));
            case TENANT -> complex("tenant", opaque(parts.get(0)));
            case GRANT -> complex("user", user(issuer, parts.get(1)), "application", opaque(parts.get(0)));
            case AZP -> complex("application", opaque(parts.get(0)));
            case REALM -> identifier("uri", "uri", issuer);
        };
    }

    private static Map<String, Object> user(String issuer, String userId) {
        return identifier("iss_sub", "iss", issuer, "sub", userId);
    }

    private static Map<String, Object> opaque(String id) {
        return identifier("opaque", "id", id);
    }

    private static Map<String, Object> complex(Object... members) {
        return identifier("complex", members);
    }

    /** In the order given, so that the same revocation always gives the same text. */
    private static Map<String, Object> identifier(String format, Object... members) {
        Map<String, Object> identifier = new LinkedHashMap<>();
        identifier.put("format", format);
        for (int i = 0; i < members.length; i += 2) {
            identifier.put((String) members[i], members[i + 1]);
        }
        return identifier;
    }
}
