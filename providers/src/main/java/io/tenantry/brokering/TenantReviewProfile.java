package io.tenantry.brokering;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.IdpReviewProfileAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.UserModel;

/** Stock's review page, on which the user completes what the provider left open and changes nothing that it asserted. */
final class TenantReviewProfile extends IdpReviewProfileAuthenticator {

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext profile,
            BrokeredIdentityContext identity) {
        boolean forbidden = !"false".equals(identity.getContextData().get(SignIn.EDITS_FORBIDDEN));
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (forbidden && !ReviewRules.keepsAsserted(asserted(profile), form)) {
            String contact = identity.getContextData().get(SignIn.CONTACT) instanceof String text ? text : "";
            throw new Rejections(context.getSession())
                    .reject(Rule.PROFILE_EDIT, identity.getIdpConfig(), context.getAuthenticationSession(), contact);
        }
        super.actionImpl(context, profile, identity);
    }

    private static Map<String, List<String>> asserted(SerializedBrokeredIdentityContext profile) {
        Map<String, List<String>> fields = new HashMap<>(profile.getAttributes());
        fields.put(UserModel.USERNAME, Stream.ofNullable(profile.getUsername()).toList());
        fields.put(UserModel.EMAIL, Stream.ofNullable(profile.getEmail()).toList());
        fields.put(
                UserModel.FIRST_NAME, Stream.ofNullable(profile.getFirstName()).toList());
        fields.put(UserModel.LAST_NAME, Stream.ofNullable(profile.getLastName()).toList());
        return fields;
    }
}
