package io.tenantry.settings;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a regular expression is once what it repeats a counted number of times is written out. */
final class Repetitions {
    /** As large as is told; what is larger is this. */
    static final int MANY = 10_000;

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private final String expression;
    private final Matcher count;
    private final Deque<Long> around = new ArrayDeque<>();
    private long size;
    private long last;

    private Repetitions(String expression) {
        this.expression = expression;
        this.count = COUNT.matcher(expression);
    }

    /** Its size: 1 for each character, set or group without repetitions. */
    static int in(String expression) {
        return new Repetitions(expression).measured();
    }

    private int measured() {
        int i = 0;
        while (i < expression.length() && size < MANY) {
            i = after(i);
        }
        // A group that nobody closes counts as well, though the expression is none
        return (int) Math.min(MANY, around.stream().mapToLong(Long::longValue).sum() + size);
    }

    private int after(int i) {
        switch (expression.charAt(i)) {
            case '\\' -> {
                return element(escaped(i));
            }
            case '[' -> {
                return element(set(i));
            }
            case '(' -> {
                around.push(size);
                size = 0;
            }
            case ')' -> {
                last = size;
                size += around.isEmpty() ? 0 : around.pop();
            }
            case '{' -> {
                return counted(i);
            }
            case '*', '+', '?', '|' -> {
                // As often as the text has characters, each of which is watched
            }
            default -> {
                return element(i + 1);
            }
        }
        return i + 1;
    }

    private int element(int next) {
        last = 1;
        size++;
        return next;
    }

    private int escaped(int i) {
        if (!expression.startsWith("\\Q", i)) {
            return i + 2;
        }
        int end = expression.indexOf("\\E", i);
        return end < 0 ? expression.length() : end + 2;
    }

    /** Past a set of characters, and those within it. */
    private int set(int open) {
        int depth = 0;
        for (int i = open; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i = escaped(i) - 1;
            } else if (c == '[') {
                depth++;
                // A bracket that comes first in its set does not close it
                i += expression.startsWith("^]", i + 1) ? 2 : expression.startsWith("]", i + 1) ? 1 : 0;
            } else if (c == ']' && --depth == 0) {
                return i + 1;
            }
        }
        return expression.length();
    }

    private int counted(int i) {
        if (!count.find(i) || count.start() != i) {
            return element(i + 1);
        }
        String most = count.group(2) == null || count.group(2).isEmpty() ? count.group(1) : count.group(2);
        long times = Long.parseLong(most);
        size += last * Math.max(0, times - 1);
        last *= Math.max(1, times);
        return count.end();
    }
}
