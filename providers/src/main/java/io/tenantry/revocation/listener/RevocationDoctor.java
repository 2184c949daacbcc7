package io.tenantry.revocation.listener;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.revocation.outbox.JpaLiveRevocations;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenants;
import io.tenantry.time.ServerClock;
import java.util.Optional;
import java.util.stream.Stream;
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
        boolean listening = RevocationListenerFactory.listensTo(realm);
        if (!listening && !new Tenants(session).shared() && (own == null || own.isBlank())) {
            return Stream.empty();
        }
        RevocationService service = RevocationListenerFactory.service(session);
        return new PublishingRules(ServerClock.INSTANCE)
                .check(new PublishingRules.Facts(
                        listening,
                        service.isPublishing(),
                        service.problem(realm.getName()),
                        listening
                                ? new JpaLiveRevocations(session, realm).oldestPending(ServerClock.INSTANCE.instant())
                                : Optional.empty(),
                        service.notices(realm.getName())));
    }
}
