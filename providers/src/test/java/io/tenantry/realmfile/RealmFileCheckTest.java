package io.tenantry.realmfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped files are good; each mistake planted in one is found, at its place. */
class RealmFileCheckTest {
    private static final Path SHIPPED = Path.of("..", "realm-config");
    private static final RealmFileCheck CHECK = new RealmFileCheck(Map.of(), false);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aShippedFileHasNoProblem(Path file) throws Exception {
        assertThat(CHECK.problems(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // text | mistake | where it is found | what is said
                "${LENDING_API_SECRET:development-only-lending-api}|${LENDING_API_SECRET}|$.clients[1].secret|has no default",
                "${LENDING_API_SECRET:development-only-lending-api}|s3cr3t|$.clients[1].secret|written out",
                "${SMTP_PASSWORD:development-only}|hunter2|$.smtpServer.password|written out",
                "${LENDING_USER_PASSWORD:Development-only-42}|hunter2|$.users[0].credentials[0].value|written out",
                "000000000031|000000000030|$.clients[1].id|stands twice",
                "\"loginTheme\"|\"loginTeme\"|$.loginTeme|no field 'loginTeme'",
                "\"fullScopeAllowed\"|\"fullScopeAlowed\"|$.clients[0].fullScopeAlowed|no field",
                "\"accessTokenLifespan\": 300|\"accessTokenLifespan\": \"five\"|$.accessTokenLifespan|cannot read",
                "\"protocolMapper\": \"tenant-claims-mapper\"|\"protocolMapper\": \"tenant-claim-mapper\"|$.clientScopes[0].protocolMappers[0].protocolMapper|no protocol mapper",
                "\"protocolMapper\": \"oidc-audience-mapper\"|\"protocolMapper\": \"oidc-audience\"|$.clientScopes[1].protocolMappers[0].protocolMapper|no protocol mapper",
                "\"protocolMapper\": \"oidc-audience-mapper\"|\"protocolMapper\": \"saml-user-property-mapper\"|$.clientScopes[1].protocolMappers[0].protocol|is for saml",
                "\"tenant-saml-rules\"|\"tenant-saml-rule\"|$.identityProviderMappers[0].identityProviderMapper|no identity provider mapper",
                "\"providerId\": \"saml\"|\"providerId\": \"sam\"|$.identityProviders[0].providerId|no identity provider 'sam'",
                "\"redis-revocations\"|\"redis-revocation\"|$.eventsListeners[1]|no event listener",
                "\"loginTheme\": \"tenantry\"|\"loginTheme\": \"tenantri\"|$.loginTheme|no login theme",
                "\"tenant-access\"|\"tenant-acess\"|$.authenticationFlows[0].authenticationExecutions[1].authenticator|no authenticator",
                "\"requirement\": \"REQUIRED\",\\n          \"priority\": 40|\"requirement\": \"ALTERNATIVE\",\\n          \"priority\": 40|$.authenticationFlows[6].authenticationExecutions[3].requirement|cannot be 'ALTERNATIVE'",
                "\"tenant-link-guard\"|\"tenant-link-gard\"|$.authenticationFlows[9].authenticationExecutions[1].authenticator|no authenticator",
                "\"providerId\": \"ecdsa-generated\"|\"providerId\": \"ecdsa\"|$.components['org.keycloak.keys.KeyProvider'][0].providerId|no component",
                "org.keycloak.keys.KeyProvider|org.keycloak.keys.KeyProviders|$.components['org.keycloak.keys.KeyProviders']|no kind of component",
                " and tenantPolicy| and tenant-policy|$.passwordPolicy|no password policy is called 'tenant-policy'",
                "length(8)|length(eight)|$.passwordPolicy|length(eight)",
                "length(14)|lenght(14)|$.organizations[0].attributes|lenght(14)",
                "digits(1)|digits(one)|$.organizations[0].attributes|digits(one)",
                "\"notEmail\"|\"tenantPolicy\"|$.organizations[0].attributes|holds for a whole realm",
                "\"password-policy\"|\"password-policy-grace-days\"|$.organizations[0].attributes|write whole days",
                "\"password-policy\"|\"password-policies\"|$.organizations[0].attributes['password-policies']|no attribute",
                "\"tenant.required\": \"true\"|\"tenant.required\": \"yes\"|$.clientScopes[0].protocolMappers[0].config|write true or false",
                "\"tenant.required\"|\"tenant.require\"|$.clientScopes[0].protocolMappers[0].config['tenant.require']|no setting",
                "\"tenant.bytes.warn\": \"1024\"|\"tenant.bytes.warn\": \"9999\"|$.clientScopes[0].protocolMappers[0].config|tenant.bytes",
                "\"tenant.roles.source\": \"realm-roles\"|\"tenant.roles.source\": \"roles\"|$.clientScopes[0].protocolMappers[0].config|choose one of",
                "\"tenant.roles.source\": \"realm-roles\"|\"tenant.roles.client\": \"nobody\"|$.clientScopes[0].protocolMappers[0].config|which is no client",
                "\"syncMode\": \"INHERIT\"|\"syncMode\": \"INHERIT\", \"assertion.signed\": \"yes\"|$.identityProviderMappers[0].config|write true or false",
                "\"syncMode\": \"INHERIT\"|\"syncMode\": \"INHERIT\", \"assertion.sined\": \"true\"|$.identityProviderMappers[0].config['assertion.sined']|no setting",
                "\"syncMode\": \"INHERIT\"|\"syncMode\": \"INHERIT\", \"signature.thumbprints\": \"ab\"|$.identityProviderMappers[0].config|thumbprint",
                "\"CreateDefaultClientScopes\"|\"tenant.host.pattern\": \"login.example\", \"CreateDefaultClientScopes\"|$.attributes|host name",
                "\"CreateDefaultClientScopes\"|\"tenant.host\": \"x\", \"CreateDefaultClientScopes\"|$.attributes['tenant.host']|no attribute",
                "\"pkce.code.challenge.method\"|\"tenant.switch\": \"on\", \"pkce.code.challenge.method\"|$.clients[0].attributes|write true or false",
                "\"pkce.code.challenge.method\"|\"tenant.allowed\": \"southbank\", \"pkce.code.challenge.method\"|$.clients[0].attributes|no organization",
                "\"pkce.code.challenge.method\"|\"tenant.allowed\": \",\", \"pkce.code.challenge.method\"|$.clients[0].attributes|write aliases",
                "\"protocolMapper\": \"oidc-audience-mapper\",\\n          \"consentRequired\": false,\\n          \"config\": {|\"protocolMapper\": \"tenant-client-rules\", \"config\": {\"tenant.allowed\": \"southbank\",|$.clientScopes[1].protocolMappers[0].config|no organization",
                "\"oidc-audience-mapper\"|\"tenant-client-rules\"|$.clientScopes[1].protocolMappers[0].config['included.client.audience']|no setting",
                "\"oidc-audience-mapper\"|\"tenant-saml-attributes\"|$.clientScopes[1].protocolMappers[0].config['included.client.audience']|no setting",
                "\"protocolMapper\": \"oidc-audience-mapper\",\\n          \"consentRequired\": false,\\n          \"config\": {|\"protocolMapper\": \"tenant-saml-attributes\", \"config\": {\"tenant.allowed\": \"southbank\",|$.clientScopes[1].protocolMappers[0].config|no organization",
                "\"protocolMapper\": \"oidc-audience-mapper\",\\n          \"consentRequired\": false,\\n          \"config\": {|\"protocolMapper\": \"tenant-saml-attributes\", \"config\": {\"tenant.roles.client\": \"gone\",|$.clientScopes[1].protocolMappers[0].config|no client",
                "\"protocolMapper\": \"oidc-audience-mapper\",\\n          \"consentRequired\": false,\\n          \"config\": {|\"protocolMapper\": \"tenant-saml-attributes\", \"config\": {\"tenant.required\": \"yes\",|$.clientScopes[1].protocolMappers[0].config|true or false",
                "\"password-policy\"|\"login.level\": [\"high\"], \"password-policy\"|$.organizations[0].attributes|level of authentication",
                "\"password-policy\"|\"login.identity-provider\": [\"none\"], \"password-policy\"|$.organizations[0].attributes|no identity provider",
                "\"CreateDefaultClientScopes\": \"true\"|\"CreateDefaultClientScopes\": \"false\"|$.clients[0].defaultClientScopes[0]|no client scope 'basic'",
                "\"basic\"|\"basics\"|$.clients[0].defaultClientScopes[0]|no client scope",
                "\"included.client.audience\": \"lending-api\"|\"included.client.audience\": \"lending\"|$.clientScopes[1].protocolMappers[0].config['included.client.audience']|no client",
                "\"serviceAccountClientId\": \"lending-batch\"|\"serviceAccountClientId\": \"batch\"|$.users[5].serviceAccountClientId|no client",
                "\"name\": \"underwriter\"|\"name\": \"underwriters\"|$.organizations[0].groups[0].realmRoles[0]|no realm role",
                "\"name\": \"loan-officer\"|\"name\": \"officer\"|$.roles.realm[2].composites.realm[0]|no realm role",
                "\"browserFlow\": \"lender browser\"|\"browserFlow\": \"lender browse\"|$.browserFlow|no flow",
                "\"flowAlias\": \"lender sign-in\"|\"flowAlias\": \"lender signin\"|$.authenticationFlows[0].authenticationExecutions[0].flowAlias|no flow",
                "\"postBrokerLoginFlowAlias\": \"lender after broker login\"|\"postBrokerLoginFlowAlias\": \"after\"|$.identityProviders[0].postBrokerLoginFlowAlias|no flow",
                "\"identityProviderAlias\": \"northbank-corporate\"|\"identityProviderAlias\": \"northbank\"|$.identityProviderMappers[0].identityProviderAlias|no identity provider",
                "\"organizationsEnabled\": true|\"organizationsEnabled\": false|$.organizations|not switched on",
                "\"name\": \"harbor.example\"|\"name\": \"northbank.example\"|$.organizations[1].domains[0].name|two organizations",
                "\"username\": \"maya@brokers.example\"|\"username\": \"mia@brokers.example\"|$.organizations[0].members[1].username|no user",
                "\"groups\": [\\n            \"1e4d0000-0000-4000-8000-000000000072\"|\"groups\": [\\n            \"1e4d0000-0000-4000-8000-000000000061\"|$.organizations[1].members[0].groups[0]|no group",
            })
    void aMistakeIsFoundAtItsPlace(String text, String mistake, String path, String what) throws Exception {
        String file = lending();
        String broken = file.replaceFirst(
                Pattern.quote(text.replace("\\n", "\n")), Matcher.quoteReplacement(mistake.replace("\\n", "\n")));

        assertThat(broken).isNotEqualTo(file);
        assertThat(CHECK.problems(broken)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.what()).contains(what).endsWith(".");
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Test
    void aPlaceholderWithoutDefaultIsGoodWhereTheVariableIsSet() throws Exception {
        String file = lending().replace("LENDING_API_SECRET:development-only-lending-api", "LENDING_API_SECRET");

        assertThat(CHECK.problems(file)).hasSize(1);
        assertThat(new RealmFileCheck(Map.of("LENDING_API_SECRET", "from the vault"), false).problems(file))
                .isEmpty();
    }

    @Test
    void aFileThatItsEnvironmentBreaksIsNotExamined() {
        RealmFileCheck check = new RealmFileCheck(Map.of("LENDING_SPA_URL", "\"quoted\""), false);

        assertThatThrownBy(() -> check.problems(lending()))
                .isInstanceOf(UnreadableRealmFileException.class)
                .hasMessageContaining("it is no JSON")
                .hasMessageContaining("line");
    }

    @Test
    void aProblemNeverShowsASecret() throws Exception {
        String file = lending().replace("${SMTP_PASSWORD:development-only}", "hunter2");

        assertThat(CHECK.problems(file))
                .isNotEmpty()
                .noneMatch(problem -> problem.toString().contains("hunter2"));
    }

    /** As in Keycloak's export. */
    @Test
    void theDefaultRoleMayStandTwice() throws Exception {
        String role = "{\"id\": \"one\", \"name\": \"default-roles-small\"}";
        String roles = "\"defaultRole\": " + role + ", \"roles\": {\"realm\": [" + role + "]}";

        assertThat(CHECK.problems("{\"realm\": \"small\", " + roles + "}")).isEmpty();
    }

    @Test
    void aBackupMayHoldSecrets() throws Exception {
        String file = lending().replace("${SMTP_PASSWORD:development-only}", "hunter2");

        assertThat(new RealmFileCheck(Map.of(), true).problems(file)).isEmpty();
    }

    @Test
    void keysThatStandTwiceAreNoRealmFile() {
        String file = lending().replaceFirst("\"enabled\": true,", "\"enabled\": true, \"enabled\": false,");

        assertThatThrownBy(() -> CHECK.problems(file))
                .isInstanceOf(UnreadableRealmFileException.class)
                .hasMessageContaining("Duplicate field 'enabled'");
    }

    @Test
    void aRealmKeepsItsMessageKeysAndVaultReferences() throws Exception {
        String file = lending()
                .replace("Takes and edits applications", "${role_loan-officer}")
                .replace("${SMTP_PASSWORD:development-only}", "${vault.smtp}");

        assertThat(CHECK.problems(file)).isEmpty();
    }

    @Test
    void theCommandTellsGoodFilesFromBadOnesAndFromNone() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), lending().replace("minStrength(3)", "minStrenght(3)"));
        Path none = Files.writeString(folder.resolve("none.json"), "{}");
        String good = SHIPPED.resolve("granite-realm.json").toString();

        assertThat(run(good)).isEqualTo(CheckRealmFiles.GOOD);
        assertThat(output.toString(UTF_8)).isEqualTo("1 files, 0 problems" + System.lineSeparator());
        assertThat(run(good, bad.toString())).isEqualTo(CheckRealmFiles.PROBLEMS);
        assertThat(output.toString(UTF_8)).contains(bad + " $.organizations[2].attributes", "minStrenght(3)");
        assertThat(run(none.toString())).isEqualTo(CheckRealmFiles.NOT_EXAMINED);
        assertThat(run(folder.resolve("missing.json").toString())).isEqualTo(CheckRealmFiles.NOT_EXAMINED);
        assertThat(run()).isEqualTo(CheckRealmFiles.NOT_EXAMINED);
        assertThat(run("--strict", good)).isEqualTo(CheckRealmFiles.NOT_EXAMINED);
    }

    private int run(String... arguments) {
        PrintStream print = new PrintStream(output, true, UTF_8);
        return new CheckRealmFiles(print, print).run(List.of(arguments), Map.of());
    }

    private static String lending() {
        try {
            return Files.readString(SHIPPED.resolve("lending-realm.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
