package io.tenantry.proof;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.cache.AlternativeLookupProvider;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;

/**
 * A JWT authorization grant: an identity provider's assertion in place of a sign-in. Keycloak has verified it before a
 * token is made; its session says nothing of the provider, and no mapper has run.
 */
final class AssertionGrant {
    private final KeycloakSession session;

    AssertionGrant(KeycloakSession session) {
        this.session = session;
    }

    ProofNote proof() {
        return provider()
                .map(provider -> new ProofNote(trust(provider), provider.getAlias()))
                .orElse(ProofNote.NONE);
    }

    private Trust trust(IdentityProviderModel provider) {
        return hasConditions(provider) ? Trust.nowhere() : new VouchingProviders(session).of(provider);
    }

    private boolean hasConditions(IdentityProviderModel provider) {
        return session.identityProviders()
                .getMappersByAliasStream(provider.getAlias())
                .map(mapper -> session.getKeycloakSessionFactory()
                        .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper()))
                .anyMatch(SignInCondition.class::isInstance);
    }

    /** The one whom Keycloak takes the assertion from: by its issuer. */
    private Optional<IdentityProviderModel> provider() {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        String assertion = form == null ? null : form.getFirst(OAuth2Constants.ASSERTION);
        if (assertion == null) {
            return Optional.empty();
        }
        try {
            String issuer =
                    new JWSInput(assertion).readJsonContent(JsonWebToken.class).getIssuer();
            return Optional.ofNullable(session.getProvider(AlternativeLookupProvider.class)
                    .lookupIdentityProviderFromIssuer(session, IdentityProviderType.JWT_AUTHORIZATION_GRANT, issuer));
        } catch (JWSInputException notAnAssertion) {
            return Optional.empty();
        }
    }
}
