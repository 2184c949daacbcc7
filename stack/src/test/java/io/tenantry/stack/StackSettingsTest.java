package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSettingsTest {
    private static final URI REDIS = URI.create("redis://127.0.0.1:6390");

    @TempDir
    private Path directory;

    @Test
    void serverHasTheJarAndIsToldOfRedis() throws IOException {
        StackHome home = builtHome();

        assertThat(new StackSettings().providers(home)).containsExactly(home.providerJar());
        assertThat(new StackSettings().options(REDIS)).containsValue(REDIS.toString());
    }

    @Test
    void serverWithoutThePackHasNothingOfIt() throws IOException {
        StackSettings published = new StackSettings().withoutPack().option("log-level", "info");

        assertThat(published.providers(builtHome())).isEmpty();
        assertThat(published.options(REDIS)).containsOnlyKeys("log-level");
    }

    private StackHome builtHome() throws IOException {
        Path jar = directory.resolve("providers").resolve("tenantry-keycloak.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        return new StackHome(directory);
    }
}
