package io.tenantry.revocation.listener;

import io.tenantry.contract.RedisKeys;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.SecurityEventSettings;
import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.time.ServerClock;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderEvent;

/** Wires the event listener {@code redis-revocations}, switched on per realm under Realm settings, Events. */
public final class RevocationListenerFactory implements EventListenerProviderFactory {
    /** The listener's public name. */
    public static final String ID = IssueCutoffs.LISTENER;

    private static final Logger LOG = Logger.getLogger(RevocationListenerFactory.class);

    private @Nullable RevocationService service;

    /** {@inheritDoc} Refuses to start the server on an option that cannot be used. */
    @Override
    public void init(Config.Scope config) {
        service = new RevocationService(
                PublisherSettings.from(config::get), SecurityEventSettings.from(config::get), ServerClock.INSTANCE);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        RevocationService started = service();
        factory.register(new ProviderEventRevocations(started));
        factory.register((ProviderEvent event) -> {
            if (event instanceof PostMigrationEvent) {
                started.start(factory);
                if (!started.isPublishing()) {
                    warnOfListeningRealms(factory);
                }
            }
        });
    }

    private static void warnOfListeningRealms(KeycloakSessionFactory factory) {
        List<String> listening = KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(RevocationListenerFactory::listensTo)
                        .map(RealmModel::getName)
                        .toList());
        if (!listening.isEmpty()) {
            LOG.errorf(
                    "%s%s is not set, but the realms %s have the event listener %s: their revocations are stored and"
                            + " reach nobody. Set it, or switch the listener off",
                    PublisherSettings.OPTION_PREFIX, PublisherSettings.URI, listening, ID);
        }
    }

    /** Whether a realm's events come here. */
    static boolean listensTo(RealmModel realm) {
        return IssueCutoffs.kept(realm);
    }

    /** What the server's one factory has started. */
    static RevocationService service(KeycloakSession session) {
        return ((RevocationListenerFactory)
                        session.getKeycloakSessionFactory().getProviderFactory(EventListenerProvider.class, ID))
                .service();
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new RevocationListener(session, service());
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(PublisherSettings.URI)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("Where Redis 6.2 or newer is: redis://host:6379/0, rediss:// for TLS,"
                        + " redis-sentinel://host1,host2/0?master=name, redis-cluster://host1,host2."
                        + " Unless set, revocations are stored and reach nobody.")
                .add()
                .property()
                .name(PublisherSettings.USERNAME)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The Redis ACL user. Unless set, the one in the URI, or Redis's user default.")
                .add()
                .property()
                .name(PublisherSettings.PASSWORD)
                .type(ProviderConfigProperty.PASSWORD)
                .secret(true)
                .helpText(
                        "The Redis password. Unless set, the one in the URI; if that has none, nobody logs in at Redis.")
                .add()
                .property()
                .name(PublisherSettings.PREFIX)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("What sets this installation's keys apart in a shared Redis.")
                .defaultValue(RedisKeys.DEFAULT_PREFIX)
                .add()
                .property()
                .name(PublisherSettings.PUBLISH_TIMEOUT)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .helpText("The longest a request waits for Redis, in milliseconds.")
                .defaultValue(PublisherSettings.DEFAULT_PUBLISH_TIMEOUT.toMillis())
                .add()
                .property()
                .name(PublisherSettings.CLOCK_SKEW)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .helpText("How far the clock of a gateway or service may be off, its leeway included, in seconds.")
                .defaultValue(PublisherSettings.DEFAULT_CLOCK_SKEW.toSeconds())
                .add()
                .property()
                .name(SecurityEventSettings.SECURITY_EVENTS)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .helpText("Whether each revocation carries a Security Event Token (CAEP, RISC), signed by the realm.")
                .defaultValue(false)
                .add()
                .property()
                .name(SecurityEventSettings.AUDIENCE)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("Who the Security Event Tokens are for, their aud: names separated by commas. Unless set, the"
                        + " server does not start with security-events.")
                .add()
                .build();
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
    }

    private RevocationService service() {
        if (service == null) {
            throw new IllegalStateException("used before init");
        }
        return service;
    }
}
