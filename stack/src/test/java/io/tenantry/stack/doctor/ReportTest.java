package io.tenantry.stack.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String WARNING = "{\"findings\":[{\"severity\":\"WARNING\",\"check\":\"tenant-mapper-twice\","
            + "\"what\":\"Two mappers.\",\"where\":\"client app\",\"remedy\":\"Leave one.\"}],"
            + "\"errors\":0,\"warnings\":1}";

    @Test
    void warningsCountWhereAskedTo() throws IOException {
        assertThat(report(WARNING).sound(false)).isTrue();
        assertThat(report(WARNING).sound(true)).isFalse();
        assertThat(report(WARNING.replace("\"errors\":0", "\"errors\":1")).sound(false))
                .isFalse();
    }

    @Test
    void peopleReadWhatWhereAndWhatToDo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report(WARNING).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "WARNING tenant-mapper-twice, client app",
                        "    Two mappers.",
                        "    Leave one.",
                        "0 errors, 1 warnings");
    }

    @Test
    void anAnswerThatIsNoReportIsNotTakenForASoundRealm() {
        assertThatThrownBy(() -> report("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Report report(String json) throws IOException {
        return Report.of(new ObjectMapper().readTree(json));
    }
}
