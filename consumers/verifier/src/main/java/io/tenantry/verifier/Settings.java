package io.tenantry.verifier;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** The checks that settings records share, so that all of them complain in the same words. */
final class Settings {
    private Settings() {}

    static IllegalArgumentException invalid(String setting, Object value, String remedy) {
        return new IllegalArgumentException(setting + " is '" + value + "': " + remedy);
    }

    static void requireBetween(String setting, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw invalid(setting, value, "choose between " + min + " and " + max);
        }
    }

    static void requireBetween(String setting, int value, int min, int max) {
        if (value < min || value > max) {
            throw invalid(setting, value, "choose between " + min + " and " + max);
        }
    }

    static void requireClaimName(String setting, String value) {
        if (value.isBlank() || value.length() > 128) {
            throw invalid(setting, value, "write a claim's name, 1 to 128 characters");
        }
    }

    static void requireHttp(String setting, URI value, boolean plainHttpAllowed) {
        String scheme = value.getScheme() == null ? "" : value.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || value.getHost() == null || value.getUserInfo() != null || value.getFragment() != null) {
            throw invalid(
                    setting, redacted(value), "write an absolute https URL without user name, password or fragment");
        }
        if (scheme.equals("http") && !plainHttpAllowed && !isLoopback(value.getHost())) {
            throw invalid(
                    setting,
                    value,
                    "keys fetched over plain http can be forged on the way; use https, or allow plain http explicitly"
                            + " where the network is trusted");
        }
    }

    private static String redacted(URI value) {
        return value.getUserInfo() == null ? value.toString() : value.getScheme() + "://***@" + value.getHost();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
