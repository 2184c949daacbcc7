package io.tenantry.revocation.redis;

import io.tenantry.settings.PublisherSettings;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a failure to use Redis means for those who run the server: what Redis or the connection said, and what to mend. */
final class RedisFailure {
    private static final String URI = PublisherSettings.OPTION_PREFIX + PublisherSettings.URI;

    /** What Redis' errors begin with, or hold where a script meets them. */
    private static final Map<String, String> REMEDIES = Map.of(
            "WRONGPASS",
            credentials(),
            "NOAUTH",
            credentials(),
            "without any password configured",
            credentials(),
            "NOPERM",
            "give the ACL user the permissions that docs/operations.md lists",
            "can't run this command",
            "give the ACL user the permissions that docs/operations.md lists",
            "NOREPLICAS",
            "too few replicas follow the master for its min-replicas-to-write",
            "OOM",
            "Redis is full: raise its maxmemory, see docs/operations.md",
            "READONLY",
            "this is a replica: " + URI + " must lead to the master",
            "CLUSTERDOWN",
            "a shard is gone, or most of them; for one not to stop the others, set cluster-require-full-coverage no");

    private static final int MAX_CAUSES = 20;

    private RedisFailure() {}

    /** For a log line: never holds a credential, as neither Redis nor the client repeats one. */
    static String describe(Throwable failure) {
        List<Throwable> causes = causes(failure);
        String said = String.valueOf(failure.getMessage());
        String first = String.valueOf(causes.get(causes.size() - 1).getMessage());
        String all = said.contains(first) ? said : said + " (" + first + ")";
        return "Redis: " + all
                + remedy(causes, all).map(remedy -> "; " + remedy).orElse("");
    }

    /** From the failure to what it began with. Where several addresses were tried, Jedis keeps why each failed aside. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        Throwable next = failure;
        while (next != null && causes.size() < MAX_CAUSES) {
            causes.add(next);
            Throwable[] aside = next.getSuppressed();
            Throwable cause = next.getCause();
            next = cause != null || aside.length == 0 ? cause : aside[0];
        }
        return causes;
    }

    private static Optional<String> remedy(List<Throwable> causes, String all) {
        for (Throwable cause : causes) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return Optional.of("the certificate is not one that this server trusts:"
                        + " name the file of its CA in Keycloak's option --truststore-paths");
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return Optional.of("the certificate must hold the host name that stands in " + URI);
            }
            if (cause instanceof SSLException && cause.getCause() == null) {
                return Optional.of("see whether that port speaks TLS; " + URI + " asks for it with rediss");
            }
        }
        return REMEDIES.entrySet().stream()
                .filter(remedy -> all.contains(remedy.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String credentials() {
        return "see " + PublisherSettings.OPTION_PREFIX + PublisherSettings.USERNAME + " and "
                + PublisherSettings.OPTION_PREFIX + PublisherSettings.PASSWORD + ", or what stands in " + URI;
    }
}
