package io.tenantry.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A realm of {@code deploy/}, as the representation that a server is given in the end. */
enum DeployRealm {
    /** The field {@code realm} of the Operator's resource; its secrets are filled in as the Operator's job does it. */
    OPERATOR {
        @Override
        @SuppressWarnings("unchecked")
        Map<String, Object> read() {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Map<String, Map<String, Object>> resource = new Yaml(new SafeConstructor(options))
                    .load(text("operator/realm-import.yaml").replaceAll("\\$\\{[A-Z_]+}", "from-a-secret"));
            return (Map<String, Object>) Objects.requireNonNull(
                    Objects.requireNonNull(resource.get("spec")).get("realm"));
        }
    },
    /** The resources of Terraform's provider. */
    TERRAFORM {
        @Override
        Map<String, Object> read() {
            return TerraformRealm.in(text("terraform/lending.tf") + text("terraform/flows.tf"));
        }
    };

    abstract Map<String, Object> read();

    private static String text(String file) {
        try {
            return Files.readString(RepositoryCommand.ROOT.resolve("deploy").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
