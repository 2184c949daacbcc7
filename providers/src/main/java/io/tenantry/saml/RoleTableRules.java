package io.tenantry.saml;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides what is wrong with a table of roles that can be read. */
final class RoleTableRules {
    private RoleTableRules() {}

    /**
     * Judges it.
     *
     * @param attribute the name of the attribute that holds the roles, blank if there is none
     * @param exists whether the organization has a group, by path
     */
    static Stream<Finding> check(String where, String attribute, RoleTable table, Predicate<List<String>> exists) {
        Stream<Finding> nameless = attribute.isBlank() && !table.mapped().isEmpty()
                ? Stream.of(Finding.error(
                        "roles-attribute-missing",
                        "Everybody leaves the groups in the table at the next sign-in: no attribute is named.",
                        where,
                        "Write the name of the attribute that holds the roles into " + TenantSamlRolesMapper.ATTRIBUTE
                                + "."))
                : Stream.empty();
        Stream<Finding> lost = table.mapped().stream()
                .filter(path -> !exists.test(path))
                .map(path -> String.join("/", path))
                .sorted()
                .map(path -> Finding.warning(
                        "roles-group-missing",
                        "The organization has no group '" + path + "', so nobody gets the roles that it stands for.",
                        where,
                        "Make the group, or mend its path in " + TenantSamlRolesMapper.GROUPS + "."));
        return Stream.concat(nameless, lost);
    }
}
