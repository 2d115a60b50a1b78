package ca.assistantgazelle.backup.verification;

import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Counts the contents of an archive from the SQL script that pg_restore generates. Line breaks in values are escaped
 * there, so each line is one row.
 */
final class CopyRowCounter {
    private static final Pattern COPY = Pattern.compile("COPY (.+?)(?: \\(.*\\)| )? FROM stdin;", Pattern.DOTALL);
    private static final Pattern SETVAL =
            Pattern.compile("SELECT pg_catalog\\.setval\\('((?:[^']|'')+)', (-?\\d+), (true|false)\\);");
    private static final String LARGE_OBJECT = "SELECT pg_catalog.lo_open(";
    private static final int BUFFER = 1 << 16;

    private final Map<String, Long> rows = new HashMap<>();
    private final List<DatabaseFingerprint.SequenceState> sequences = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long largeObjects;
    private String header = "";
    private String table;
    private long count;
    private int length;
    private byte firstByte;
    private byte secondByte;

    /** Reads the script to its end. */
    static ArchiveContents count(InputStream sql) throws IOException {
        var counter = new CopyRowCounter();
        var buffer = new byte[BUFFER];
        for (int read = sql.read(buffer); read >= 0; read = sql.read(buffer)) {
            counter.accept(buffer, read);
        }
        return new ArchiveContents(counter.rows, counter.sequences, counter.largeObjects);
    }

    private void accept(byte[] buffer, int read) {
        for (int i = 0; i < read; i++) {
            var one = buffer[i];
            if (table == null) {
                if (one == '\n') {
                    endStatement();
                } else {
                    line.write(one);
                }
            } else if (one == '\n') {
                endRow();
            } else {
                if (length == 0) {
                    firstByte = one;
                } else if (length == 1) {
                    secondByte = one;
                }
                length++;
            }
        }
    }

    private void endRow() {
        if (length == 2 && firstByte == '\\' && secondByte == '.') {
            rows.merge(table, count, Long::sum);
            table = null;
        } else {
            count++;
        }
        length = 0;
    }

    private void endStatement() {
        var text = header + line.toString(StandardCharsets.UTF_8);
        line.reset();
        header = "";
        if (text.startsWith("COPY ")) {
            var copy = COPY.matcher(text);
            if (copy.matches()) {
                table = QualifiedTableName.unquoted(copy.group(1));
                count = 0;
            } else {
                // A name may contain a line break.
                header = text + "\n";
            }
        } else if (text.startsWith(LARGE_OBJECT)) {
            largeObjects++;
        } else if (text.startsWith("SELECT pg_catalog.setval(")) {
            var setval = SETVAL.matcher(text);
            if (setval.matches()) {
                sequences.add(new DatabaseFingerprint.SequenceState(
                        setval.group(1).replace("''", "'"),
                        Long.parseLong(setval.group(2)),
                        Boolean.parseBoolean(setval.group(3))));
            }
        }
    }
}
