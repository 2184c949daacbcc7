package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The classes of Keycloak that we use though Keycloak promises nothing about them: the checklist for an upgrade. A new
 * one is added to the list on purpose, by a person.
 */
class KeycloakInternalsTest {
    private static final Path LIST = Path.of("src/test/resources/io/tenantry/architecture/keycloak-internals.txt");

    /** What Keycloak publishes for extensions: server-spi, core and common. */
    private static final List<String> PUBLISHED =
            List.of("keycloak-server-spi-2", "keycloak-core-2", "keycloak-common-2", "keycloak-saml-core-public-2");

    @Test
    void theListNamesExactlyWhatIsUsed() throws IOException {
        List<String> used = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.tenantry").stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(Dependency::getTargetClass)
                        .map(JavaClass::getBaseComponentType)
                        .filter(KeycloakInternalsTest::isInternal)
                        .map(JavaClass::getName)
                        .map(name -> name.replaceFirst("\\$.*", ""))
                        .distinct()
                        .sorted()
                        .toList();
        if (Boolean.getBoolean("keycloak.internals.write")) {
            Files.write(LIST, used);
        }
        assertThat(Files.readAllLines(LIST))
                .as("Keycloak internals in use; if the change is meant, run with -Dkeycloak.internals.write=true")
                .isEqualTo(used);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("org.keycloak")
                && type.getSource()
                        .map(source -> PUBLISHED.stream()
                                .noneMatch(
                                        published -> source.getUri().toString().contains("/" + published)))
                        .orElse(true);
    }
}
