package ca.assistantgazelle.sync.mirror;

import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.contract.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Detects changed rows: SHA-256 over every column filled from Gazelle, in order. A new column changes the hash. */
public final class RowContentHash {
    private static final char SEPARATOR = 0x1f;
    private static final char NULL_MARKER = 0x00;

    private RowContentHash() {}

    public static byte[] of(Record row) {
        var text = new StringBuilder(512);
        // The names of the columns, so that a new one changes the hash.
        text.append(MirrorColumn.nameHash(row.getClass())).append(SEPARATOR);
        for (var column : MirrorColumn.of(row.getClass())) {
            var value = column.value(row);
            if (value == null) {
                text.append(NULL_MARKER);
            } else {
                text.append(text(value));
            }
            text.append(SEPARATOR);
        }
        return ContentDigests.sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    // List.toString() is the same for ["a, b"] and ["a", "b"].
    private static String text(Object value) {
        return value instanceof List<?> list ? EventJson.write(list) : value.toString();
    }
}
