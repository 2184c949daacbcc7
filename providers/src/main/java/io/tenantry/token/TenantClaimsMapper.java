package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.TenantId;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.utils.JsonUtils;

/**
 * The protocol mapper that says which tenant a document is for and which roles its user has there. It runs last, and
 * takes out of the document what other mappers say about other tenants. It writes no state.
 */
public final class TenantClaimsMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {
    /** The id under which a realm's configuration names it. */
    public static final String PROVIDER_ID = "tenant-claims-mapper";

    private static final Logger LOG = Logger.getLogger(TenantClaimsMapper.class);

    /** After every stock mapper, the highest of which is 50, and after whatever an installation adds in between. */
    private static final int PRIORITY = 10_000;

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Tenant and its roles";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Says which one tenant a token is for and which roles its user has there, and keeps other tenants out.";
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        Stream.of(TenantClaimsSetting.values())
                .map(TenantClaimsSetting::property)
                .forEach(properties::add);
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, TenantClaimsMapper.class);
        properties.stream()
                .filter(property ->
                        OIDCAttributeMapperHelper.INCLUDE_IN_LIGHTWEIGHT_ACCESS_TOKEN.equals(property.getName()))
                // A lightweight token without its tenant could be used for any.
                .forEach(property -> property.setDefaultValue("true"));
        return properties;
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        TenantMappers.requireUsable(() -> {
            String rolesClient = TenantMappers.settings(mapper).rolesClient();
            if (!rolesClient.isEmpty() && realm.getClientByClientId(rolesClient) == null) {
                throw new InvalidSettingException(
                        TenantClaimsSetting.ROLES_CLIENT.key(),
                        rolesClient,
                        "name a client of this realm, by its client id");
            }
        });
    }

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        super.transformAccessToken(token, mapper, session, userSession, context);
        keepOthersOut(token, session, context);
        return token;
    }

    @Override
    public IDToken transformIDToken(
            IDToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        super.transformIDToken(token, mapper, session, userSession, context);
        keepOthersOut(token, session, context);
        return token;
    }

    @Override
    public AccessToken transformUserInfoToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        if (PresentedTenant.in(session).isEmpty()) {
            BearerToken.ofUserInfo(session)
                    .map(bearer -> PresentedTenant.of(
                            bearer, context.getClientSession().getClient()))
                    .ifPresent(presented -> presented.bind(session));
        }
        if (new ActiveTenants(session).of(context) instanceof ActiveTenant.Lost) {
            throw new ErrorResponseException(
                    OAuthErrorException.INVALID_TOKEN, TenantRefusal.LOST.description(), Response.Status.UNAUTHORIZED);
        }
        super.transformUserInfoToken(token, mapper, session, userSession, context);
        keepOthersOut(token, session, context);
        return token;
    }

    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        super.transformIntrospectionToken(token, mapper, session, userSession, context);
        keepOthersOut(token, session, context);
        return token;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        TenantClaimsSettings settings = settings(mapper);
        Map<String, Object> claims = token.getOtherClaims();
        // Another mapper may have put something there, a user attribute for example.
        claims.remove(settings.idClaim());
        claims.remove(settings.rolesClaim());
        ActiveTenants tenants = new ActiveTenants(session);
        tenants.of(context).id().flatMap(tenants::byId).ifPresent(tenant -> {
            String clientId = context.getClientSession().getClient().getClientId();
            claims.put(settings.idClaim(), tenant.id().value());
            claims.put(
                    settings.rolesClaim(),
                    new TenantRoleRules(settings, clientId)
                            .select(new TenantRoles(session).of(userSession.getUser(), tenant)));
        });
    }

    private static TenantClaimsSettings settings(ProtocolMapperModel mapper) {
        try {
            return TenantMappers.settings(mapper);
        } catch (InvalidSettingException e) {
            LOG.errorf("No token is issued: the mapper '%s' cannot be used. %s", mapper.getName(), e.getMessage());
            throw new TokenInterceptorException(
                    OAuthErrorException.SERVER_ERROR,
                    "The mapper '" + mapper.getName() + "' is misconfigured: " + e.getMessage());
        }
    }

    private static void keepOthersOut(IDToken token, KeycloakSession session, ClientSessionContext context) {
        Optional<String> alias = new ActiveTenants(session).of(context).id().map(TenantId::value);
        StockClaims stock = new StockClaims(token.getOtherClaims());
        context.getProtocolMappersStream()
                .filter(other -> OrganizationMembershipMapper.PROVIDER_ID.equals(other.getProtocolMapper()))
                .map(other ->
                        other.getConfig().getOrDefault(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME, "organization"))
                .forEach(claim -> stock.narrow(JsonUtils.splitClaimPath(claim), alias));
    }
}
