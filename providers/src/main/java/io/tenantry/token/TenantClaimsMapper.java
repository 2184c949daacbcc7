package io.tenantry.token;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;
import org.keycloak.services.cors.Cors;
import org.keycloak.utils.JsonUtils;
import org.keycloak.utils.OAuth2Error;

/**
 * The protocol mapper that says which tenant a document is for and which roles its user has there. It runs last, and
 * takes out of the document what other mappers say about other tenants. It writes no state.
 */
public final class TenantClaimsMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {
    /** The id under which a realm's configuration names it. */
    public static final String PROVIDER_ID = "tenant-claims-mapper";

    /** After every other mapper, Keycloak's and an installation's: what they write under these names is taken out. */
    private static final int PRIORITY = Integer.MAX_VALUE;

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
        TenantMappers.requireUsable(() -> TenantMappers.requireClient(
                TenantClaimsSetting.ROLES_CLIENT,
                TenantMappers.settings(mapper).rolesClient(),
                clientId -> realm.getClientByClientId(clientId) != null));
    }

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        keepOthersOut(token, mapper, session, context);
        return super.transformAccessToken(token, mapper, session, userSession, context);
    }

    @Override
    public IDToken transformIDToken(
            IDToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        keepOthersOut(token, mapper, session, context);
        return super.transformIDToken(token, mapper, session, userSession, context);
    }

    @Override
    public AccessToken transformUserInfoToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        if (PresentedTenant.in(session).isEmpty()) {
            PresentedToken.ofUserInfo(session)
                    .map(bearer -> PresentedTenant.of(
                            session, bearer, context.getClientSession().getClient(), PresentedTenant.Use.TELL))
                    .ifPresent(presented -> presented.bind(session));
        }
        RequestTenant.of(session, context).choice().refusal().ifPresent(refusal -> {
            throw new OAuth2Error()
                    .session(session)
                    .realm(userSession.getRealm())
                    .json(false)
                    .cors(Cors.builder().auth().allowAllOrigins())
                    .invalidToken(refusal.description());
        });
        keepOthersOut(token, mapper, session, context);
        return super.transformUserInfoToken(token, mapper, session, userSession, context);
    }

    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        keepOthersOut(token, mapper, session, context);
        return super.transformIntrospectionToken(token, mapper, session, userSession, context);
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        RequestTenant decided = RequestTenant.of(session, context);
        decided.tenant().ifPresent(tenant -> {
            TenantClaimsSettings settings = TenantMappers.settings(mapper);
            Map<String, Object> claims = token.getOtherClaims();
            written(session, token).addAll(Set.of(settings.idClaim(), settings.rolesClaim()));
            claims.put(settings.idClaim(), tenant.id().value());
            claims.put(
                    settings.rolesClaim(),
                    PresentedTenant.in(session)
                            .flatMap(presented -> presented.told(settings.rolesClaim()))
                            .orElseGet(() -> roles(settings, session, userSession, context, tenant)));
        });
    }

    private static Object roles(
            TenantClaimsSettings settings,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context,
            Tenant tenant) {
        String clientId = context.getClientSession().getClient().getClientId();
        return new TenantRoleRules(settings, clientId)
                .select(new TenantRoles(session).of(userSession.getUser(), tenant));
    }

    /** Takes out what others have written under our names, and what Keycloak's mappers say about other tenants. */
    private static void keepOthersOut(
            IDToken token, ProtocolMapperModel mapper, KeycloakSession session, ClientSessionContext context) {
        RequestTenant decided = RequestTenant.of(session, context);
        StockClaims claims = new StockClaims(token.getOtherClaims());
        Set<String> ours = written(session, token);
        Stream.concat(decided.names().reserved(), TenantMappers.claims(mapper))
                .filter(name -> !ours.contains(name))
                .forEach(claims::remove);
        Optional<String> alias = decided.id().map(TenantId::value);
        TenantNames.keycloaksClaims(context.getProtocolMappersStream())
                .forEach(claim -> claims.narrow(JsonUtils.splitClaimPath(claim), alias));
    }

    /** The names under which a mapper of ours has written into a token: of two, the second takes nothing out again. */
    private static Set<String> written(KeycloakSession session, IDToken token) {
        WrittenClaims written = session.getAttribute(WrittenClaims.class.getName(), WrittenClaims.class);
        if (written == null) {
            written = new WrittenClaims(new IdentityHashMap<>());
            session.setAttribute(WrittenClaims.class.getName(), written);
        }
        return written.byToken().computeIfAbsent(token, none -> new HashSet<>());
    }

    private record WrittenClaims(Map<IDToken, Set<String>> byToken) {}
}
