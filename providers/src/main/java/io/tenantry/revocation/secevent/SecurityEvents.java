package io.tenantry.revocation.secevent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationMetrics;
import io.tenantry.settings.SecurityEventSettings;
import jakarta.enterprise.context.ContextNotActiveException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureSignerContext;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/**
 * Gives revocations their Security Event Tokens as they are written, in the session that writes them: that alone knows the
 * issuer, and what is published again later is then the same token and costs no signature. Whatever keeps one from being
 * signed costs the event and never the revocation.
 */
public final class SecurityEvents implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SecurityEvents.class);

    /** What tells the token from one to sign in with. */
    private static final String TYPE = "secevent+jwt";

    /** Keycloak's own leaves out what is null. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecurityEventRules rules;
    private final PatientSigning signing;
    private final Supplier<String> ids;
    private final RevocationMetrics metrics;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /**
     * Signs for the audience of the settings.
     *
     * @param patience how long a request waits for its signatures
     * @param ids where transactions get their ids
     */
    public SecurityEvents(
            SecurityEventSettings settings,
            Duration patience,
            Clock clock,
            Supplier<String> ids,
            RevocationMetrics metrics) {
        this.rules = new SecurityEventRules(settings.audience());
        this.signing = new PatientSigning(patience, clock);
        this.ids = ids;
        this.metrics = metrics;
    }

    /** The same revocations, each with its token where one could be signed; {@code at} is when trust ended. */
    public List<Revocation> signed(
            KeycloakSession session, RealmModel realm, List<Revocation> revocations, Instant at) {
        Attached attached = Attached.of(revocations, sign(session, realm, revocations, at));
        metrics.securityEvents(true, attached.count());
        metrics.securityEvents(false, revocations.size() - attached.count());
        report(realm.getName(), attached.failure());
        return attached.revocations();
    }

    private PatientSigning.Signed sign(
            KeycloakSession session, RealmModel realm, List<Revocation> revocations, Instant at) {
        try {
            SignatureSignerContext signer = signer(session, realm);
            String issuer = issuer(session, realm);
            String transaction = ids.get();
            List<Callable<String>> all = new ArrayList<>();
            for (Revocation revocation : revocations) {
                byte[] claims = json(rules.claims(revocation, issuer, at, transaction));
                all.add(() -> new JWSBuilder().type(TYPE).content(claims).sign(signer));
            }
            return signing.sign(realm.getName(), all);
        } catch (RuntimeException e) {
            return new PatientSigning.Signed(List.of(), e);
        }
    }

    /** The one whose key Keycloak would sign tokens with. Keycloak's own search makes a key where it finds none. */
    private static SignatureSignerContext signer(KeycloakSession session, RealmModel realm) {
        String configured = realm.getDefaultSignatureAlgorithm();
        String algorithm =
                configured == null || configured.isEmpty() ? Constants.DEFAULT_SIGNATURE_ALGORITHM : configured;
        SignatureProvider provider = session.getProvider(SignatureProvider.class, algorithm);
        if (provider == null || !provider.isAsymmetricAlgorithm()) {
            throw new CannotSignException("receivers cannot verify " + algorithm
                    + ", its default signature algorithm; choose one with a public key under Realm settings, Tokens");
        }
        KeyWrapper key = session.keys()
                .getKeysStream(realm, KeyUse.SIG, algorithm)
                .filter(each -> each.getStatus().isActive() && each.getPrivateKey() != null)
                .findFirst()
                .orElseThrow(() -> new CannotSignException("its default signature algorithm " + algorithm
                        + " has no active key; add or enable one under Realm settings, Keys, or choose another"
                        + " algorithm under Realm settings, Tokens"));
        return provider.signer(key);
    }

    private static String issuer(KeycloakSession session, RealmModel realm) {
        KeycloakContext context = session.getContext();
        RealmModel current = context.getRealm();
        boolean another = current == null || !current.getId().equals(realm.getId());
        try {
            if (another) {
                // A realm may have an address of its own
                context.setRealm(realm);
            }
            return Urls.realmIssuer(context.getUri().getBaseUri(), realm.getName());
        } catch (ContextNotActiveException e) {
            throw new CannotSignException(
                    "no request tells its address; start the server with --hostname and a full URL,"
                            + " or set the realm's frontend URL");
        } finally {
            if (another) {
                context.setRealm(current);
            }
        }
    }

    private static byte[] json(Map<String, Object> claims) {
        try {
            return JSON.writeValueAsBytes(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once for each realm until it signs again. */
    private void report(String realm, @Nullable Throwable failure) {
        if (failure == null) {
            if (silent.remove(realm)) {
                LOG.infof("Revocations of realm %s carry Security Event Tokens again", realm);
            }
        } else if (silent.add(realm)) {
            LOG.warnf(
                    "Revocations of realm %s are published without Security Event Tokens: %s",
                    realm, failure instanceof CannotSignException ? failure.getMessage() : failure);
        }
    }

    @Override
    public void close() {
        signing.close();
    }
}
