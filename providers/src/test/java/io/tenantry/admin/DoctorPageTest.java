package io.tenantry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorPageTest {
    @Test
    void namesBecomeNoMarkup() {
        String page = DoctorPage.of(
                "<realm>",
                DoctorReport.of(List.of(Finding.error(
                        "a-check",
                        "The rule <script>alert('1')</script> is \"odd\".",
                        "organization </dd><a href=x>",
                        "Mend & go on."))));
        assertThat(page)
                .doesNotContain("<script", "<a ", "<realm>")
                .contains(
                        "&lt;realm&gt;",
                        "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; is &quot;odd&quot;.",
                        "organization &lt;/dd&gt;&lt;a href=x&gt;",
                        "Mend &amp; go on.");
    }

    @Test
    void saysWhenNothingWasFound() {
        assertThat(DoctorPage.of("lending", DoctorReport.of(List.of())))
                .contains("Nothing was found.")
                .doesNotContain("<article");
    }
}
