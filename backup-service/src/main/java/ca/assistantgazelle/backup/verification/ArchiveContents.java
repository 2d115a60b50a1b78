package ca.assistantgazelle.backup.verification;

import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The contents found in an archive.
 *
 * @param rows number of rows by unquoted qualified table name
 */
public record ArchiveContents(
        Map<String, Long> rows, List<DatabaseFingerprint.SequenceState> sequences, long largeObjects) {
    /** Describes what is missing compared with the expected contents; empty if complete. */
    public List<String> missing(DatabaseFingerprint expected) {
        var missing = new ArrayList<String>();
        for (var table : expected.tables()) {
            if (table.isMaterializedView()) {
                continue;
            }
            var found = rows.get(QualifiedTableName.unquoted(table.name()));
            if (found == null || found != table.rows()) {
                missing.add(table.name()
                        + ": "
                        + table.rows()
                        + " rows expected, in the archive "
                        + (found == null ? "none" : found));
            }
        }
        long objects = expected.objects().getOrDefault("large_objects", 0L);
        if (largeObjects != objects) {
            missing.add("large objects: " + objects + " expected, in the archive " + largeObjects);
        }
        // The archive may contain sequences of extensions as well.
        var archived = sequences.stream()
                .map(one -> QualifiedTableName.unquoted(one.name()))
                .collect(Collectors.toSet());
        for (var sequence : expected.sequences()) {
            if (!archived.contains(QualifiedTableName.unquoted(sequence.name()))) {
                missing.add("sequence " + sequence.name() + ": missing in the archive");
            }
        }
        return missing;
    }

    /** The archived sequence states under the names used by the database. */
    public List<DatabaseFingerprint.SequenceState> sequencesNamedAs(List<DatabaseFingerprint.SequenceState> named) {
        return named.stream()
                .map(one -> sequences.stream()
                        .filter(other -> QualifiedTableName.unquoted(other.name())
                                .equals(QualifiedTableName.unquoted(one.name())))
                        .findFirst()
                        .map(other -> new DatabaseFingerprint.SequenceState(one.name(), other.last(), other.called()))
                        .orElse(one))
                .toList();
    }
}
