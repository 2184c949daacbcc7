package io.tenantry.stack.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * What the doctor said.
 *
 * @param findings the JSON array of them, the worst first
 */
public record Report(JsonNode findings, int errors, int warnings) {
    static Report of(JsonNode answer) {
        return new Report(
                answer.required("findings"),
                answer.required("errors").asInt(),
                answer.required("warnings").asInt());
    }

    /** Whether a realm that was examined so may go live. */
    public boolean sound(boolean strict) {
        return errors == 0 && (!strict || warnings == 0);
    }

    /** Prints it for people. */
    public void print(PrintStream out) {
        for (JsonNode finding : findings) {
            out.println(finding.path("severity").asText() + " "
                    + finding.path("check").asText() + ", "
                    + finding.path("where").asText());
            out.println("    " + finding.path("what").asText());
            out.println("    " + finding.path("remedy").asText());
        }
        out.println(errors + " errors, " + warnings + " warnings");
    }
}
