package io.tenantry.proof;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileAttributeValidationContext;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.validate.SimpleValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/** Lets an account's address be changed only by somebody who is proven for all of the account's tenants. */
public final class VouchedAddressValidator implements SimpleValidator {
    static final String ID = "tenantry-vouched-address";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public ValidationContext validate(
            @Nullable Object input, String inputHint, ValidationContext context, ValidatorConfig config) {
        AttributeContext attribute =
                UserProfileAttributeValidationContext.from(context).getAttributeContext();
        UserModel user = attribute.getUser();
        if (user == null || text(input).equals(text(user.getEmail()))) {
            return context;
        }
        KeycloakSession session = context.getSession();
        AccountChanges changes = new AccountChanges(session);
        if (changes.refusesAddress(user)) {
            context.addError(new ValidationError(ID, inputHint, AccountChanges.REFUSED));
        } else if (attribute.getContext() == UserProfileContext.UPDATE_EMAIL) {
            // The link in the mail changes it later, whoever follows it and whatever the account has become by then
            changes.setAddress(session.getContext().getRealm(), user);
        }
        return context;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Collection<?> values) {
            return values.isEmpty() ? "" : text(values.iterator().next());
        }
        return value == null ? "" : value.toString().strip().toLowerCase(Locale.ROOT);
    }
}
