package io.tenantry.password;

import io.tenantry.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PasswordPolicyConfigException;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * {@value RuleIds#NOT_BREACHED}: a password must not be in a {@link BreachList}. The rule names the list's file; all
 * lists lie in one folder, which the server option {@value #OPTION} names.
 */
public final class NotBreachedFactory extends OwnPolicyFactory {
    static final String MESSAGE = "tenantryNotBreachedMessage";
    static final String UNAVAILABLE = "tenantryBreachListUnavailableMessage";
    static final String LISTS_PATH = "lists-path";
    static final String OPTION = "spi-password-policy--not-breached--" + LISTS_PATH;

    private static final Logger LOG = Logger.getLogger(NotBreachedFactory.class);
    private static final String DEFAULT_LIST = "breached.txt";
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private Path lists = Path.of(System.getProperty("kc.home.dir", "."), "data", "breached-passwords");

    public NotBreachedFactory() {
        super(RuleIds.NOT_BREACHED, "Not Breached", PasswordPolicyProvider.STRING_CONFIG_TYPE, DEFAULT_LIST);
    }

    @Override
    public void init(Config.Scope config) {
        String configured = config.get(LISTS_PATH);
        if (configured != null) {
            lists = Path.of(configured);
            if (!Files.isDirectory(lists)) {
                throw new InvalidSettingException(OPTION, configured, "name a folder that exists");
            }
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(LISTS_PATH)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The folder of breach lists. Unless set, data/breached-passwords below the server's home.")
                .add()
                .build();
    }

    @Override
    public PasswordPolicyProvider create(KeycloakSession session) {
        return new OwnPolicy() {
            @Override
            @Nullable PolicyError validate(@Nullable UserModel user, @Nullable String username, String password) {
                ListFile list =
                        session.getContext().getRealm().getPasswordPolicy().getPolicyConfig(RuleIds.NOT_BREACHED);
                try {
                    return new BreachList(list.path()).contains(password) ? new PolicyError(MESSAGE) : null;
                } catch (IOException unreadable) {
                    LOG.errorf("No password can be set: the breach list cannot be read: %s", unreadable);
                    return new PolicyError(UNAVAILABLE);
                }
            }

            @Override
            public Object parseConfig(@Nullable String value) {
                String name = value == null || value.isBlank() ? DEFAULT_LIST : value.strip();
                // A realm's policy is parsed whenever the realm is loaded: a file that is missing must not break that
                if (!FILE_NAME.matcher(name).matches()) {
                    throw new PasswordPolicyConfigException("Write the name of a file in the folder of breach lists");
                }
                return new ListFile(lists.resolve(name).toString());
            }
        };
    }

    /**
     * Where a list lies. A string rather than a path, as the realm's policy is a value that can be serialized.
     *
     * @param file the list's file
     */
    private record ListFile(String file) implements SelfChecking, java.io.Serializable {
        Path path() {
            return Path.of(file);
        }

        @Override
        public void check() throws UnusableRuleException {
            try {
                new BreachList(path()).check();
            } catch (IOException unusable) {
                throw new UnusableRuleException("the breach list cannot be used: " + unusable);
            }
        }
    }
}
