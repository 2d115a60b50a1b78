package ca.assistantgazelle.backup.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Row counts, checksums and object counts of a database, to compare a restored one with its original.
 *
 * @param objects number of objects of each kind: policies, functions, …
 * @param definitions checksum of the definitions of each kind; comparable only between servers of the same major
 *     version
 */
public record DatabaseFingerprint(
        List<TableSummary> tables,
        List<SequenceState> sequences,
        Map<String, Long> objects,
        Map<String, String> definitions) {
    static final String TABLE_KIND = "table";
    static final String MATERIALIZED_VIEW_KIND = "materialized view";

    /**
     * Contents of one table.
     *
     * @param name schema and table, quoted if necessary
     * @param kind table or materialized view
     * @param checksum sum of the 64-bit hashes of each row's text, prefixed with the name of the algorithm
     * @param rls whether row-level security is enabled
     */
    public record TableSummary(String name, String kind, long rows, String checksum, boolean rls) {
        /** A materialized view is recomputed by a restore; the archive holds no rows of it. */
        @JsonIgnore
        public boolean isMaterializedView() {
            return MATERIALIZED_VIEW_KIND.equals(kind);
        }
    }

    /**
     * State of a sequence.
     *
     * @param last the last value
     * @param called whether that value has been returned by {@code nextval}
     */
    public record SequenceState(String name, long last, boolean called) {}

    /**
     * The differences, as text; empty if the contents are equal.
     *
     * @param sameMajor whether both servers have the same major version
     */
    public List<String> differences(DatabaseFingerprint found, boolean sameMajor) {
        var differences = new ArrayList<>(tableDifferences(found));
        for (var sequence : sequences) {
            if (!found.sequences().contains(sequence)) {
                differences.add("sequence " + sequence.name() + " has a different value");
            }
        }
        objects.forEach((kind, count) -> {
            long other = found.objects().getOrDefault(kind, 0L);
            if (other != count) {
                differences.add(kind.replace('_', ' ') + ": " + count + " expected, " + other + " found");
            } else if (sameMajor
                    && definitions.containsKey(kind)
                    && !definitions.get(kind).equals(found.definitions().get(kind))) {
                differences.add(kind + ": definitions differ");
            }
        });
        return differences;
    }

    private List<String> tableDifferences(DatabaseFingerprint found) {
        var differences = new ArrayList<String>();
        var present = new LinkedHashMap<String, TableSummary>();
        found.tables().forEach(table -> present.put(table.name(), table));
        for (var table : tables) {
            var other = present.remove(table.name());
            if (other == null) {
                differences.add(table.name() + " is missing");
            } else if (!table.isMaterializedView()) {
                // Not compared: the source may hold the result of an older refresh.
                difference(table, other).ifPresent(differences::add);
            }
        }
        present.keySet().forEach(name -> differences.add(name + " was not expected"));
        return differences;
    }

    private static Optional<String> difference(TableSummary expected, TableSummary found) {
        if (found.rows() != expected.rows()) {
            return Optional.of(expected.name() + ": " + expected.rows() + " rows expected, " + found.rows() + " found");
        }
        if (!found.checksum().equals(expected.checksum())) {
            return Optional.of(expected.name() + ": row contents differ");
        }
        return found.rls() == expected.rls()
                ? Optional.empty()
                : Optional.of(expected.name() + ": row-level security differs");
    }
}
