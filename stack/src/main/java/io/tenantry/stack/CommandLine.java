package io.tenantry.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Renders options the way {@code kc.sh} reads them. */
final class CommandLine {
    private CommandLine() {}

    /** The command, then {@code --name=value} each; an empty value gives the bare {@code --name}. */
    static List<String> options(String command, Map<String, String> options) {
        List<String> arguments = new ArrayList<>(options.size() + 1);
        arguments.add(command);
        options.forEach((name, value) -> arguments.add(value.isEmpty() ? "--" + name : "--" + name + '=' + value));
        return List.copyOf(arguments);
    }
}
