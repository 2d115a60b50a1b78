package ca.assistantgazelle.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks after the migrations that every column the services write exists with a suitable type. */
final class ExpectedColumns {
    private static final String FILE = "/db/expected-columns.txt";

    private record ExpectedColumn(String table, String name, String type) {
        static ExpectedColumn parse(String line) {
            int dot = line.indexOf('.');
            int blank = line.indexOf(' ');
            return new ExpectedColumn(
                    line.substring(0, dot), line.substring(dot + 1, blank), line.substring(blank + 1));
        }

        String mismatch(String actual) {
            return "column public.%1$s.%2$s is %3$s and must be %4$s. Run: alter table public.%1$s alter column %2$s type %4$s using %2$s::%4$s"
                    .formatted(table, name, actual, type);
        }
    }

    private ExpectedColumns() {}

    static void check(Connection connection) throws SQLException {
        var actual = actual(connection);
        var complaints = expected().stream()
                .filter(column -> !fits(column.type, actual.getOrDefault(column.table + "." + column.name, "absent")))
                .map(column -> column.mismatch(actual.getOrDefault(column.table + "." + column.name, "absent")))
                .toList();
        if (!complaints.isEmpty()) {
            throw new UnusableDatabaseException(String.join("\n", complaints), null);
        }
    }

    private static boolean fits(String expected, String actual) {
        return switch (expected) {
            case "text" -> List.of("text", "varchar", "bpchar").contains(actual);
            case "text[]" -> List.of("_text", "_varchar").contains(actual);
            case "int" -> List.of("int4", "int8").contains(actual);
            case "boolean" -> actual.equals("bool");
            default -> actual.equals(expected);
        };
    }

    private static List<ExpectedColumn> expected() {
        try (var in = new BufferedReader(
                new InputStreamReader(ExpectedColumns.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ExpectedColumn::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> actual(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                select table_name || '.' || column_name, udt_name
                from information_schema.columns
                where table_schema = 'public'
                """);
                var rows = query.executeQuery()) {
            var types = new HashMap<String, String>();
            while (rows.next()) {
                types.put(rows.getString(1), rows.getString(2));
            }
            return types;
        }
    }
}
