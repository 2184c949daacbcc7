package io.tenantry.branding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/branding.md says of each attribute what the code does. */
class BrandingPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(branding[.][a-z.]+)` \\| [^|]+ \\| ([^|]+) \\|$");

    @Test
    void listsEveryAttributeAndWhatIsAccepted() throws IOException {
        String page = Files.readString(Path.of("../docs/branding.md"));
        List<List<String>> documented = ROW.matcher(page)
                .results()
                .map(row -> List.of(row.group(1), row.group(2)))
                .toList();

        assertThat(documented)
                .isEqualTo(Arrays.stream(BrandAttribute.values())
                        .map(attribute -> List.of(attribute.key(), attribute.accepted()))
                        .toList());
    }

    @Test
    void theShippedPolicyIsTheOneInThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/branding.md"));
        for (String realm : List.of("lending", "granite")) {
            String shipped = Files.readString(Path.of("../realm-config/" + realm + "-realm.json"));
            String policy = shipped.split("\"contentSecurityPolicy\": \"", 2)[1].split("\"", 2)[0];
            assertThat(page).as(realm).contains(policy);
        }
    }
}
