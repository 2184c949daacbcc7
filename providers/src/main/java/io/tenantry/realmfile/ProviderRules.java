package io.tenantry.realmfile;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormAuthenticator;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.broker.provider.IdentityProvider;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/** Decides whether the server has the parts that a file names. */
final class ProviderRules {
    private static final List<Class<? extends Provider>> STEPS =
            List.of(Authenticator.class, FormAuthenticator.class, FormAction.class, ClientAuthenticator.class);

    private static final Map<String, String> THEMES =
            Map.of("loginTheme", "login", "emailTheme", "email", "accountTheme", "account", "adminTheme", "admin");

    private static final String REMEDY = "Correct the id, or put the jar that has it into the server's providers/.";

    private final KnownProviders known;
    private final Problems problems;

    ProviderRules(KnownProviders known, Problems problems) {
        this.known = known;
        this.problems = problems;
    }

    void check(Place realm) {
        Stream.concat(realm.each("clients").stream(), realm.each("clientScopes").stream())
                .flatMap(holder -> holder.each("protocolMappers").stream())
                .forEach(mapper -> protocolMapper(mapper, mapper.at("protocolMapper")));
        realm.each("identityProviders")
                .forEach(provider -> must(
                        provider.at("providerId"),
                        "identity provider",
                        ids(List.of(IdentityProvider.class, SocialIdentityProvider.class))));
        realm.each("identityProviderMappers")
                .forEach(mapper -> must(
                        mapper.at("identityProviderMapper"),
                        "identity provider mapper",
                        ids(List.of(IdentityProviderMapper.class))));
        realm.each("eventsListeners")
                .forEach(listener -> must(listener, "event listener", ids(List.of(EventListenerProvider.class))));
        realm.each("requiredActions")
                .forEach(action ->
                        must(action.at("providerId"), "required action", ids(List.of(RequiredActionProvider.class))));
        realm.each("authenticationFlows").stream()
                .flatMap(flow -> flow.each("authenticationExecutions").stream())
                .forEach(this::step);
        THEMES.forEach((field, type) -> {
            if (!realm.text(field).isEmpty()) {
                must(realm.at(field), type + " theme", known.themes(type));
            }
        });
        realm.at("components").fields().forEach((kind, list) -> components(kind, list));
    }

    private void protocolMapper(Place mapper, Place id) {
        must(id, "protocol mapper", known.of(ProtocolMapper.class).keySet());
        ProviderFactory<?> factory = known.of(ProtocolMapper.class).get(id.text());
        if (factory instanceof ProtocolMapper found && !found.getProtocol().equals(mapper.text("protocol"))) {
            problems.add(
                    mapper.at("protocol"),
                    "The protocol mapper '" + id.text() + "' is for " + found.getProtocol() + ", not for '"
                            + mapper.text("protocol") + "'.",
                    "Write " + found.getProtocol() + ", or choose another mapper.");
        }
    }

    private void step(Place execution) {
        String id = execution.text("authenticator");
        if (id.isEmpty()) {
            return;
        }
        must(execution.at("authenticator"), "authenticator", ids(STEPS));
        STEPS.stream()
                .map(kind -> known.of(kind).get(id))
                // Keycloak's own are offered fewer requirements in the console than they work with
                .filter(factory ->
                        factory != null && factory.getClass().getName().startsWith("io.tenantry."))
                .map(factory -> ((ConfigurableAuthenticatorFactory) factory).getRequirementChoices())
                .findFirst()
                .ifPresent(choices -> {
                    String written = execution.text("requirement");
                    if (Stream.of(choices).map(Requirement::name).noneMatch(written::equals)) {
                        problems.add(
                                execution.at("requirement"),
                                "The authenticator '" + id + "' cannot be '" + written + "'.",
                                "Write one of " + List.of(choices) + ".");
                    }
                });
    }

    private void components(String kind, Place list) {
        if (!known.isKind(kind)) {
            problems.add(list, "The server has no kind of component '" + kind + "'.", REMEDY);
            return;
        }
        for (Place component : list.each()) {
            must(component.at("providerId"), "component", known.of(kind).keySet());
            component.at("subComponents").fields().forEach(this::components);
        }
    }

    private Set<String> ids(List<Class<? extends Provider>> kinds) {
        Set<String> ids = new HashSet<>();
        kinds.forEach(kind -> ids.addAll(known.of(kind).keySet()));
        return ids;
    }

    private void must(Place id, String kind, Set<String> there) {
        problems.must(there.contains(id.text()), id, "The server has no " + kind + " '" + id.text() + "'.", REMEDY);
    }
}
