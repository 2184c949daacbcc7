package io.tenantry.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tenantry.brokering.TenantMapper;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.SecurityEventSettings;
import io.tenantry.token.WrittenSettings;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PasswordPolicyProviderFactory;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/**
 * Each setting of ours has the control that fits what it accepts, and a default or a word about what leaving it empty
 * means. What it accepts its own parser says.
 */
class SettingControlsTest {
    private static final String WORD = "perhaps";
    private static final String NUMBER = "2000";

    /** Texts with a form of their own, which a word or a number has not. */
    private static final Set<String> FORMS = Set.of(PublisherSettings.URI, "lists-path", "signature.thumbprints");

    private static final Set<String> NUMBERS =
            Set.of(ProviderConfigProperty.INTEGER_TYPE, ProviderConfigProperty.NUMBER_TYPE);

    /** What an option may need of others, but for a switch that is off. */
    private static final Map<String, String> OTHERS = Map.of(
            PublisherSettings.URI, "redis://localhost",
            PublisherSettings.PASSWORD, "secret",
            SecurityEventSettings.SECURITY_EVENTS, "true",
            SecurityEventSettings.AUDIENCE, "receiver");

    private static final ConsoleTexts TEXTS = new ConsoleTexts();

    /** A setting, and its parser, which throws where it refuses a value. */
    private record Setting(String of, ProviderConfigProperty shown, Consumer<String> parser) {
        boolean accepts(String value) {
            return SettingControlsTest.accepts(parser, value);
        }

        String name() {
            return shown.getName();
        }

        boolean hasDefault() {
            return shown.getDefaultValue() != null
                    && !shown.getDefaultValue().toString().isEmpty();
        }

        @Override
        public String toString() {
            return of + " " + name();
        }
    }

    static List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        // Each reads its own settings alone
        OwnProviders.configured(ProtocolMapper.class)
                .forEach(mapper -> add(all, mapper, config -> {
                    WrittenSettings.rolesClient(config);
                    WrittenSettings.samlRolesClient(config);
                    WrittenSettings.tenantsOfClient(config);
                }));
        OwnProviders.configured(IdentityProviderMapper.class)
                .forEach(mapper -> add(all, mapper, config -> {
                    IdentityProviderMapperModel model = new IdentityProviderMapperModel();
                    model.setConfig(config);
                    ((TenantMapper) mapper).requireUsable(model);
                }));
        OwnProviders.configured(AuthenticatorFactory.class)
                .forEach(step -> add(all, step, config -> fail("no parser is known for %s", config)));
        OwnProviders.ours(EventListenerProviderFactory.class).forEach(factory -> {
            for (ProviderConfigProperty option : factory.getConfigMetadata()) {
                all.add(new Setting(factory.getId(), option, value -> {
                    Map<String, String> options = new HashMap<>(value.equals("false") ? Map.of() : OTHERS);
                    options.put(option.getName(), value);
                    PublisherSettings.from(options::get);
                    SecurityEventSettings.from(options::get);
                }));
            }
        });
        OwnProviders.ours(PasswordPolicyProviderFactory.class).forEach(factory -> {
            for (ProviderConfigProperty option : factory.getConfigMetadata()) {
                all.add(new Setting(factory.getId(), option, value -> factory.init(scope(option.getName(), value))));
            }
        });
        return all;
    }

    @Test
    void settingsOfEveryKindAreHeld() {
        assertThat(settings())
                .extracting(setting -> setting.shown().getType())
                .contains(
                        ProviderConfigProperty.BOOLEAN_TYPE,
                        ProviderConfigProperty.LIST_TYPE,
                        ProviderConfigProperty.INTEGER_TYPE,
                        ProviderConfigProperty.NUMBER_TYPE);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatIsTrueOrFalseIsASwitch(Setting setting) {
        boolean yesOrNo = setting.accepts("true") && setting.accepts("false") && !setting.accepts(WORD);
        assertThat(setting.shown().getType().equals(ProviderConfigProperty.BOOLEAN_TYPE))
                .isEqualTo(yesOrNo);
    }

    /** One that may be left empty is of the console's other kind of number, as the first cannot be emptied. */
    @ParameterizedTest
    @MethodSource("settings")
    void whatIsCountedIsANumber(Setting setting) {
        boolean counted = setting.accepts(NUMBER) && !setting.accepts(WORD);
        String number = setting.hasDefault() ? ProviderConfigProperty.INTEGER_TYPE : ProviderConfigProperty.NUMBER_TYPE;
        assertThat(NUMBERS.contains(setting.shown().getType())).isEqualTo(counted);
        assertThat(setting.shown().getType().equals(number)).isEqualTo(counted);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatIsOneOfAFewIsAList(Setting setting) {
        List<String> options = setting.shown().getOptions();
        boolean list = setting.shown().getType().equals(ProviderConfigProperty.LIST_TYPE);
        boolean few = Stream.of(WORD, NUMBER, "true").noneMatch(setting::accepts)
                && !FORMS.contains(setting.name())
                && !setting.shown().getType().equals(ProviderConfigProperty.MAP_TYPE);
        assertThat(list).isEqualTo(few);
        assertThat(options != null).as("has options").isEqualTo(list);
        if (list) {
            assertThat(options).hasSizeGreaterThan(1).allMatch(setting::accepts);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aDefaultIsAccepted(Setting setting) {
        if (setting.hasDefault()) {
            assertThat(setting.accepts(setting.shown().getDefaultValue().toString()))
                    .isTrue();
        }
    }

    /** One that has a default in the console is the same without it, where its text need not say so. */
    @ParameterizedTest
    @MethodSource("settings")
    void whatHasNoDefaultSaysWhatLeavingItEmptyMeans(Setting setting) {
        if (!setting.hasDefault()) {
            assertThat(TEXTS.of(setting.shown().getHelpText()))
                    .containsPattern("\\b(Leave empty to|Left empty,|Unless set,) ");
        }
    }

    @Test
    void theValueOfAPasswordRuleHasADefaultAndIsOfItsKind() {
        assertThat(OwnProviders.ours(PasswordPolicyProviderFactory.class))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    String help = "passwordPoliciesHelp." + rule.getId();
                    assertThat(TEXTS.of(help)).isNotEqualTo(help).endsWith(".");
                    if (rule.getConfigType() != null) {
                        PasswordPolicyProvider policy = rule.create(null);
                        boolean counted = accepts(policy::parseConfig, "2") && !accepts(policy::parseConfig, WORD);
                        assertThat(rule.getConfigType().equals(PasswordPolicyProvider.INT_CONFIG_TYPE))
                                .as(rule.getId())
                                .isEqualTo(counted);
                        assertThat(accepts(policy::parseConfig, rule.getDefaultConfigValue()))
                                .as(rule.getId())
                                .isTrue();
                        assertThat(policy.parseConfig(null))
                                .as(rule.getId())
                                .isEqualTo(policy.parseConfig(rule.getDefaultConfigValue()));
                    }
                });
    }

    private static void add(List<Setting> all, ConfiguredProvider provider, Consumer<Map<String, String>> parser) {
        provider.getConfigProperties().stream()
                .filter(property -> !OwnProviders.isStock(property))
                .map(property -> new Setting(
                        ((ProviderFactory<?>) provider).getId(),
                        property,
                        value -> parser.accept(Map.of(property.getName(), value))))
                .forEach(all::add);
    }

    private static boolean accepts(Consumer<String> parser, String value) {
        try {
            parser.accept(value);
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    /** The server's options with this one set. */
    private static Config.Scope scope(String name, String value) {
        return (Config.Scope) Proxy.newProxyInstance(
                Config.Scope.class.getClassLoader(),
                new Class<?>[] {Config.Scope.class},
                (proxy, method, arguments) -> arguments[0].equals(name) ? value : null);
    }
}
