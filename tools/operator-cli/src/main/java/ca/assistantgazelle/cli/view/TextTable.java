package ca.assistantgazelle.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A text table whose columns are as wide as their widest cell. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... heads) {
        rows.add(heads);
    }

    /** Adds a row; null and empty cells are shown as a dash. */
    void addRow(String... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null || cell.isEmpty() ? "–" : cell)
                .toArray(String[]::new));
    }

    @Override
    public String toString() {
        var widths = new int[rows.getFirst().length];
        for (var row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).repeat(" ", widths[i] - row[i].length() + 2);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
