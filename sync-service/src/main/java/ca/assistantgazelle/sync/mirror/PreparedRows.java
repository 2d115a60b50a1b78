package ca.assistantgazelle.sync.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mapped rows and rejected records. For a repeated id, the last record wins. */
public final class PreparedRows<R extends Record> {
    private final MirrorTable<R> table;
    private final Map<String, MirrorTable.HashedRow<R>> rows = new LinkedHashMap<>();
    private final Map<String, JsonNode> payloads = new HashMap<>();
    private final List<RejectedRecord> rejected = new ArrayList<>();

    record RejectedRecord(JsonNode payload, String reason) {}

    PreparedRows(MirrorTable<R> table) {
        this.table = table;
    }

    void add(MirrorTable.HashedRow<R> row, JsonNode payload) {
        rows.put(row.id(), row);
        payloads.put(row.id(), payload);
    }

    void reject(JsonNode payload, String reason) {
        rejected.add(new RejectedRecord(payload, reason));
    }

    MirrorTable<R> table() {
        return table;
    }

    /** The ids of the rows. */
    public Set<String> ids() {
        return rows().keySet();
    }

    Map<String, MirrorTable.HashedRow<R>> rows() {
        return rows;
    }

    List<RejectedRecord> rejected() {
        return rejected;
    }

    JsonNode payload(String id) {
        return payloads.get(id);
    }
}
