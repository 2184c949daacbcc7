package io.tenantry.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the shared server with the first test that wants it, and gives each test its realm; JUnit closes both. */
final class ServerExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ServerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestServer.class || type == TestRealm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestServer.class ? server(context) : realm(context);
    }

    private static TestServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(TestServer.class, type -> TestServer.start(), TestServer.class);
    }

    /** The same one for every parameter of a test and of its lifecycle methods. */
    private static TestRealm realm(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(TestRealm.class, type -> server(context).createRealm(), TestRealm.class);
    }
}
