package ca.assistantgazelle.verification;

import ca.assistantgazelle.manifest.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an archive really holds.
 *
 * @param rows by plain qualified name
 */
public record Archived(
    Map<String, Long> rows, List<Contents.Sequence> sequences, long largeObjects) {
  /** Whatever is missing of what it should hold, for people; empty when it is whole. */
  public List<String> missing(Contents expected) {
    var missing = new ArrayList<String>();
    for (var table : expected.tables()) {
      if (table.isView()) {
        continue;
      }
      var found = rows.get(QualifiedName.plain(table.name()));
      if (found == null || found != table.rows()) {
        missing.add(
            table.name()
                + ": "
                + table.rows()
                + " rows, in the archive "
                + (found == null ? "none" : found));
      }
    }
    long objects = expected.objects().getOrDefault("large_objects", 0L);
    if (largeObjects != objects) {
      missing.add("large objects: " + objects + ", in the archive " + largeObjects);
    }
    // An extension's own sequences may stand in the archive as well.
    var archived =
        sequences.stream().map(one -> QualifiedName.plain(one.name())).collect(Collectors.toSet());
    for (var sequence : expected.sequences()) {
      if (!archived.contains(QualifiedName.plain(sequence.name()))) {
        missing.add("sequence " + sequence.name() + ": not in the archive");
      }
    }
    return missing;
  }

  /** The sequences under the names that the database gives them. */
  public List<Contents.Sequence> sequencesNamedAs(List<Contents.Sequence> named) {
    return named.stream()
        .map(
            one ->
                sequences.stream()
                    .filter(
                        other ->
                            QualifiedName.plain(other.name())
                                .equals(QualifiedName.plain(one.name())))
                    .findFirst()
                    .map(other -> new Contents.Sequence(one.name(), other.last(), other.called()))
                    .orElse(one))
        .toList();
  }
}
