package io.tenantry.revocation.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisFailureTest {
    private static final String OPTIONS = "--spi-events-listener--redis-revocations--";

    @Test
    void aForeignCertificateLeadsToTheTrustStore() {
        assertThat(describe(handshake(new CertPathBuilderException("unable to find valid certification path"))))
                .contains("unable to find valid certification path")
                .endsWith("name the file of its CA in Keycloak's option --truststore-paths");
    }

    @Test
    void aCertificateForAnotherHostLeadsToTheUri() {
        assertThat(describe(handshake(new CertificateException("No name matching redis found"))))
                .contains("No name matching redis found")
                .endsWith("stands in " + OPTIONS + "uri");
    }

    @Test
    void aPortWithoutTlsLeadsToTheScheme() {
        assertThat(describe(new JedisConnectionException(new SSLException("Unsupported or unrecognized SSL message"))))
                .contains("speaks TLS");
    }

    @Test
    void aRefusedLoginLeadsToUserAndPassword() {
        assertThat(describe(new JedisDataException("WRONGPASS invalid username-password pair or user is disabled.")))
                .contains(OPTIONS + "username")
                .contains(OPTIONS + "password");
        assertThat(describe(new JedisDataException("NOAUTH Authentication required.")))
                .contains(OPTIONS + "password");
    }

    @Test
    void missingReplicasShardsMemoryAndPermissionsAreNamed() {
        assertThat(describe(new JedisDataException("CLUSTERDOWN The cluster is down")))
                .contains("cluster-require-full-coverage");
        assertThat(describe(new JedisDataException("NOREPLICAS Not enough good replicas to write.")))
                .contains("min-replicas-to-write");
        assertThat(describe(new JedisDataException("OOM command not allowed when used memory > 'maxmemory'.")))
                .contains("maxmemory");
        assertThat(describe(new JedisDataException("NOPERM this user has no permissions to run the 'eval' command")))
                .contains("ACL user");
    }

    @Test
    void whyAnAddressFailedIsToldThoughJedisKeepsItAside() {
        JedisConnectionException failure = new JedisConnectionException("Failed to connect to redis:6379.");
        failure.addSuppressed(new JedisConnectionException(new ConnectException("Connection refused")));
        assertThat(describe(failure)).isEqualTo("Redis: Failed to connect to redis:6379. (Connection refused)");
    }

    @Test
    void whatIsNotKnownIsToldAsItIs() {
        assertThat(describe(new JedisConnectionException("Connection refused"))).isEqualTo("Redis: Connection refused");
    }

    private static String describe(Throwable failure) {
        return RedisFailure.describe(failure);
    }

    private static Throwable handshake(Throwable cause) {
        SSLHandshakeException handshake = new SSLHandshakeException(cause.getMessage());
        handshake.initCause(cause);
        return new JedisConnectionException("Failed to connect", handshake);
    }
}
