package io.tenantry.revocation.listener;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.revocation.outbox.JpaWaitingRevocations;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenants;
import io.tenantry.time.ServerClock;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Looks at whether revocations are published: of realms with organizations, and of those that are named as a tenant's own.
 */
public final class RevocationDoctor implements DoctorCheck {
    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        String own = realm.getAttribute(RealmTenant.TENANT_ID_ATTRIBUTE);
        boolean listening = realm.getEventsListenersStream().anyMatch(RevocationListenerFactory.ID::equals);
        if (!listening && !new Tenants(session).shared() && (own == null || own.isBlank())) {
            return Stream.empty();
        }
        RevocationListenerFactory factory = (RevocationListenerFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(EventListenerProvider.class, RevocationListenerFactory.ID);
        return new PublishingRules(ServerClock.INSTANCE)
                .check(new PublishingRules.Facts(
                        listening,
                        factory.service().isPublishing(),
                        factory.service().isReachable(),
                        listening
                                ? JpaWaitingRevocations.oldest(session, realm, ServerClock.INSTANCE.instant())
                                : Optional.empty()));
    }
}
