package io.tenantry.it.pages;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A test in a browser: its methods may take the {@link Chromium} that they share. Skipped where there is none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithChromium.Shared.class)
@interface WithChromium {
    /** Starts one for each class, as Playwright serves one thread only; JUnit closes it. */
    final class Shared implements BeforeAllCallback, ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(Shared.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            Chromium.assumePresent();
            context.getStore(NAMESPACE).put(Chromium.class, Chromium.start());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Chromium.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Objects.requireNonNull(context.getStore(NAMESPACE).get(Chromium.class), "started before all");
        }
    }
}
