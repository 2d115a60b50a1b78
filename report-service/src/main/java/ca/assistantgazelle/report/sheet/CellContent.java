package ca.assistantgazelle.report.sheet;

import ca.assistantgazelle.contract.digest.ContentDigests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The cells of a tab as text, header first. Trailing empty rows and trailing empty cells are dropped. */
public record CellContent(List<List<String>> rows) {
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{C}]+");

    public static final CellContent EMPTY = new CellContent(List.of());

    public CellContent {
        rows = trimmed(rows);
    }

    private static List<List<String>> trimmed(List<List<String>> rows) {
        var tidy = new ArrayList<List<String>>(rows.size());
        for (var row : rows) {
            int end = row.size();
            while (end > 0 && row.get(end - 1).isEmpty()) {
                end--;
            }
            tidy.add(List.copyOf(row.subList(0, end)));
        }
        while (!tidy.isEmpty() && tidy.getLast().isEmpty()) {
            tidy.removeLast();
        }
        return Collections.unmodifiableList(tidy);
    }

    /** The first row; empty when there is none. */
    public List<String> header() {
        return rows.isEmpty() ? List.of() : rows.getFirst();
    }

    /** Number of rows below the header. */
    public int dataRowCount() {
        return Math.max(0, rows.size() - 1);
    }

    /** The first columns only; users may keep their own columns to the right of them. */
    public CellContent firstColumns(int count) {
        return new CellContent(rows.stream()
                .map(row -> row.subList(0, Math.min(count, row.size())))
                .toList());
    }

    /** Number of used columns. */
    public int width() {
        return rows.stream().mapToInt(List::size).max().orElse(0);
    }

    /** SHA-256 of the cells, in hexadecimal. */
    public String hash() {
        var digest = ContentDigests.sha256();
        for (var row : rows) {
            for (var cell : row) {
                digest.update(cell.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0x1f);
            }
            digest.update((byte) 0x1e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Compares without blanks and control characters, which a spreadsheet may normalise (line ends, no-break spaces).
     */
    public boolean hasSameVisibleTextAs(CellContent other) {
        return withoutBlanks().equals(other.withoutBlanks());
    }

    private List<List<String>> withoutBlanks() {
        return new CellContent(rows.stream()
                        .map(row -> row.stream()
                                .map(cell -> BLANKS.matcher(cell).replaceAll(""))
                                .toList())
                        .toList())
                .rows();
    }
}
