package io.tenantry.saml;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.OrganizationProvider;

/** The groups of one organization, by path from its top. */
record OrganizationGroups(KeycloakSession session, OrganizationModel organization) {
    /** Uses them in the organization's context, outside of which Keycloak lets nobody touch them. */
    static void in(KeycloakSession session, OrganizationModel organization, Consumer<OrganizationGroups> use) {
        OrganizationModel before = session.getContext().getOrganization();
        session.getContext().setOrganization(organization);
        try {
            use.accept(new OrganizationGroups(session, organization));
        } finally {
            session.getContext().setOrganization(before);
        }
    }

    /** The group at a path, if there is one. */
    Optional<GroupModel> at(List<String> path) {
        Optional<GroupModel> group = named(top(), path.get(0));
        for (String name : path.subList(1, path.size())) {
            group = group.flatMap(parent -> named(parent.getSubGroupsStream(name, true, null, null), name));
        }
        return group.filter(this::ofOrganization);
    }

    private Stream<GroupModel> top() {
        return session.getProvider(OrganizationProvider.class).getTopLevelGroups(organization, null, null);
    }

    private boolean ofOrganization(GroupModel group) {
        OrganizationModel owner = group.getOrganization();
        return group.getType() == GroupModel.Type.ORGANIZATION
                && owner != null
                && owner.getId().equals(organization.getId());
    }

    private static Optional<GroupModel> named(Stream<GroupModel> groups, String name) {
        return groups.filter(group -> group.getName().equals(name)).findFirst();
    }
}
