package io.tenantry.tenant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.OrganizationDomainModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;

/**
 * What a sign-in is shown in place of an organization that does not exist, or is disabled: one that looks like any
 * other and has no members. Whoever names it gets as far as with a tenant that they are not in, and no further.
 */
public final class ConcealedOrganization implements OrganizationModel {
    /** No organization's, as Keycloak's are random; a disabled one's own would be recognised at the next step. */
    private static final String NO_ID = "none";

    private final String alias;
    private final @Nullable OrganizationModel actual;

    /** Stands for an alias, and for the organization that has it, if one does. */
    public ConcealedOrganization(String alias, @Nullable OrganizationModel actual) {
        this.alias = alias;
        this.actual = actual;
    }

    /** The organization itself, for those whom nothing is concealed from. */
    Optional<OrganizationModel> actual() {
        return Optional.ofNullable(actual);
    }

    @Override
    public String getId() {
        return NO_ID;
    }

    @Override
    public String getAlias() {
        return alias;
    }

    @Override
    public String getName() {
        return alias;
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public @Nullable String getDescription() {
        return null;
    }

    @Override
    public @Nullable String getRedirectUrl() {
        return null;
    }

    @Override
    public Map<String, List<String>> getAttributes() {
        return Map.of();
    }

    @Override
    public Stream<OrganizationDomainModel> getDomains() {
        return Stream.empty();
    }

    @Override
    public Stream<IdentityProviderModel> getIdentityProviders() {
        return Stream.empty();
    }

    @Override
    public boolean isManaged(UserModel user) {
        return false;
    }

    @Override
    public boolean isMember(UserModel user) {
        return false;
    }

    @Override
    public void setAlias(String value) {
        throw readOnly();
    }

    @Override
    public void setName(String value) {
        throw readOnly();
    }

    @Override
    public void setEnabled(boolean value) {
        throw readOnly();
    }

    @Override
    public void setDescription(String value) {
        throw readOnly();
    }

    @Override
    public void setRedirectUrl(String value) {
        throw readOnly();
    }

    @Override
    public void setAttributes(Map<String, List<String>> value) {
        throw readOnly();
    }

    @Override
    public void setDomains(Set<OrganizationDomainModel> value) {
        throw readOnly();
    }

    private UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("the tenant '" + alias + "' is not there to be changed");
    }
}
