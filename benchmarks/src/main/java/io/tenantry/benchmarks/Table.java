package io.tenantry.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The figures as a Markdown table, in columns for who reads it in a terminal. */
record Table(List<Figure> figures) {
    private static final List<String> HEAD = List.of("figure", "value", "target", "", "spread");

    void print(PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(
                List.of(figure.what(), figure.shown(), figure.target().toString(), figure.verdict(), figure.detail())));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            out.println(line(rows.get(row), widths, ' '));
            if (row == 0) {
                out.println(line(List.of("", "", "", "", ""), widths, '-'));
            }
        }
    }

    private static String line(List<String> cells, int[] widths, char filler) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(filler)
                    .append(cell)
                    .append(String.valueOf(filler).repeat(widths[i] - cell.length() + 1))
                    .append('|');
        }
        return line.toString();
    }
}
