package io.tenantry.brokering;

import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import java.util.stream.Stream;

/** Finds mappers whose settings cannot be used. */
public final class UnusableSettings {
    private UnusableSettings() {}

    /**
     * Reads settings.
     *
     * @param provider the alias of the identity provider
     * @param mapper the id of the mapper's type
     * @param read reads them, and throws what a sign-in would be refused for
     */
    public static Stream<Finding> of(String provider, String mapper, Runnable read) {
        try {
            read.run();
            return Stream.empty();
        } catch (InvalidSettingException e) {
            return Stream.of(Finding.error(
                    "rules-settings-unusable",
                    "Nobody can sign in, as the settings of " + mapper + " cannot be used: " + e.getMessage() + ".",
                    "identity provider " + provider,
                    "Mend that setting of the mapper."));
        }
    }
}
