package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What says which tenant a request is for is read in one place each: two readers could understand it differently. Names of
 * notes and claims are constants, which leave no trace in classes, so the sources are looked at.
 */
class OneReaderTest {
    private static final Path SOURCES = Path.of("src/main/java/io/tenantry");

    static Stream<Map.Entry<Pattern, Set<String>>> readers() {
        return Map.of(
                // The organization that was chosen in a sign-in
                Pattern.compile("\\.ORGANIZATION_ATTRIBUTE\\b|\"kc\\.org\""),
                Set.of("tenant/ChosenOrganization.java"),
                // The organization of the request under way
                Pattern.compile("getContext\\(\\)\\s*\\.(get|set)Organization\\("),
                Set.of(
                        "tenant/ChosenOrganization.java",
                        "tenant/Tenants.java",
                        // For a moment, to have Keycloak list an organization's groups
                        "saml/OrganizationGroups.java"),
                // What a scope says about organizations
                Pattern.compile("OrganizationScope\\b|\"organization:|ORGANIZATION \\+ \":"),
                Set.<String>of(),
                // What a token says about its tenant
                Pattern.compile("getOtherClaims\\(\\)\\s*\\.get\\("),
                Set.of("token/TenantNames.java", "token/PresentedTenant.java"))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void isReadThereAlone(Map.Entry<Pattern, Set<String>> rule) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (rule.getKey().matcher(Files.readString(file)).find()) {
                    found.add(SOURCES.relativize(file).toString().replace('\\', '/'));
                }
            }
        }
        assertThat(found).isEqualTo(new TreeSet<>(rule.getValue()));
    }
}
