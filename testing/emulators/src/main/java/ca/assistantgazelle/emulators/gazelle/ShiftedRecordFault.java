package ca.assistantgazelle.emulators.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inserts or deletes a record at the head of a list while a client pages through it. */
final class ShiftedRecordFault {
    private ShiftedRecordFault() {}

    /** @param rows the list before the change */
    static void apply(
            EmulatedRecords records, RecordCollection collection, List<Map<String, Object>> rows, GazelleFault fault) {
        if (rows.isEmpty()) {
            return;
        }
        var head = rows.getFirst();
        if (fault == GazelleFault.ROWS_DELETED) {
            records.delete(collection, (String) head.get("id"));
            return;
        }
        var copy = new LinkedHashMap<>(head);
        copy.remove("id");
        if (collection == RecordCollection.TIMELINE) {
            copy.put("occurredAt", records.now());
        } else if (collection != RecordCollection.EVENTS) {
            copy.put("createdAt", "2001-01-01T12:00:00Z");
        }
        records.create(collection, copy);
    }
}
