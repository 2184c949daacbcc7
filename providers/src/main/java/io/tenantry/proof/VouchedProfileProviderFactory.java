package io.tenantry.proof;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeValidatorMetadata;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.DeclarativeUserProfileProviderFactory;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;

/** Takes the place of Keycloak's user profile, for the reasons in docs/decisions/0017-proof-of-a-session.md. */
public final class VouchedProfileProviderFactory extends DeclarativeUserProfileProviderFactory {
    @Override
    public DeclarativeUserProfileProvider create(KeycloakSession session) {
        return new VouchedProfileProvider(session, this);
    }

    @Override
    public int order() {
        return super.order() + 1;
    }

    /** Has the address of an account checked for who changes it. */
    private static final class VouchedProfileProvider extends DeclarativeUserProfileProvider {
        private VouchedProfileProvider(KeycloakSession session, DeclarativeUserProfileProviderFactory factory) {
            super(session, factory);
        }

        @Override
        protected Attributes createAttributes(
                UserProfileContext context,
                Map<String, ?> attributes,
                @Nullable UserModel user,
                UserProfileMetadata metadata) {
            // What a provider asserted and is reviewed is no account yet
            if (user != null && context != UserProfileContext.IDP_REVIEW) {
                metadata.getAttribute(UserModel.EMAIL)
                        .forEach(address -> address.addValidators(
                                List.of(new AttributeValidatorMetadata(VouchedAddressValidator.ID))));
            }
            return super.createAttributes(context, attributes, user, metadata);
        }
    }
}
