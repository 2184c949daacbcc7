package io.tenantry.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tenantry.time.ServerClock;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The house rules of the design, held by the build. */
@AnalyzeClasses(packages = "io.tenantry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final List<String> CAPABILITIES = List.of("password", "saml", "token", "revocation");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.tenantry.(**)").should().beFreeOfCycles();

    @ArchTest
    static void capabilitiesNeverImportOneAnother(JavaClasses classes) {
        for (String capability : CAPABILITIES) {
            String[] others = CAPABILITIES.stream()
                    .filter(other -> !other.equals(capability))
                    .map(other -> "io.tenantry." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.tenantry." + capability + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule howASessionWasProvenIsAskedOfTheTenantsAlone = classes()
            .that()
            .resideInAPackage("io.tenantry.proof..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("io.tenantry.proof..", "io.tenantry.tenant..", "io.tenantry.time..")
                            .or(resideOutsideOfPackage("io.tenantry..")));

    @ArchTest
    static final ArchRule nothingImportsAdmin = noClasses()
            .that()
            .resideOutsideOfPackage("io.tenantry.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tenantry.admin..");

    @ArchTest
    static final ArchRule theRedisClientStaysInItsRoom = noClasses()
            .that()
            .resideOutsideOfPackage("..redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("redis.clients..");

    @ArchTest
    static final ArchRule jpaStaysWithTheOutboxTheMembershipsAndTheProofs = noClasses()
            .that()
            .resideOutsideOfPackages("..outbox..", "..membership..", "..proof..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.keycloak.connections.jpa..");

    @ArchTest
    static final ArchRule whatDecidesSeesNoSession = noClasses()
            .that(simpleNameEndingWith("Rules")
                    .or(simpleNameEndingWith("Claims"))
                    .or(simpleNameEndingWith("Detector")))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.keycloak.models.KeycloakSession")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyOneClockIsRead = noClasses()
            .that()
            .doNotBelongToAnyOf(ServerClock.class)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.keycloak.common.util.Time");

    @ArchTest
    static final ArchRule caseConversionNamesItsLocale = noClasses()
            .should()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .because("a Turkish server lower-cases 'I' differently: pass Locale.ROOT");

    @ArchTest
    static final ArchRule theContractDependsOnTheJdkAlone = classes()
            .that()
            .resideInAPackage("io.tenantry.contract..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tenantry.contract..", "java..", "org.jspecify..");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        Stream<String> unmarked = classes.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .filter(name -> name.startsWith("io.tenantry."));
        assertThat(unmarked).isEmpty();
    }
}
