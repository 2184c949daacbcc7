package io.tenantry.branding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void nothingBeginsAnElementOrAnEntity() {
        assertThat(PlainText.of("<a href='x'>&lt;b&#62;&amp;lt;</a>"))
                .isEqualTo("<\u2060a href='x'>&\u2060lt;b&\u2060#62;&\u2060amp;lt;<\u2060/a>");
    }

    @Test
    void anyOtherTextStays() {
        assertThat(PlainText.of("Société d'épargne \"Nord\" {0} > 10"))
                .isEqualTo("Société d'épargne \"Nord\" {0} > 10");
    }
}
