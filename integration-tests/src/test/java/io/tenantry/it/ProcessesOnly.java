package io.tenantry.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test of what containers do not offer: PostgreSQL, signals, a server on the machine itself, such as one for mails. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "stack", matches = "container", disabledReason = "needs processes, not containers")
public @interface ProcessesOnly {}
