package ca.assistantgazelle.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything of a database that a restore must bring back, counted and summed. Two databases with
 * equal contents hold the same.
 *
 * @param objects how many there are of each kind: policies, functions, …
 * @param definitions a sum over how each kind is defined; equal only between servers of one major
 *     version, which print definitions the same way
 */
public record Contents(
    List<Table> tables,
    List<Sequence> sequences,
    Map<String, Long> objects,
    Map<String, String> definitions) {
  static final String TABLE = "table";
  static final String VIEW = "materialized view";

  /**
   * What a table holds.
   *
   * @param name schema and table, quoted where SQL needs it
   * @param kind a table, or a materialized view
   * @param checksum sum over the rows of a 64-bit hash of each row's text; the algorithm's name
   *     comes first. Source: backup.md §4.4
   * @param rls row-level security is on
   */
  public record Table(String name, String kind, long rows, String checksum, boolean rls) {
    /** Made anew by a restore; an archive holds no rows of it. */
    @JsonIgnore
    public boolean isView() {
      return VIEW.equals(kind);
    }
  }

  /**
   * Where a sequence stands.
   *
   * @param last the value, of which {@code called} says whether it was given away
   */
  public record Sequence(String name, long last, boolean called) {}

  /**
   * In what they differ, for people; empty when they hold the same.
   *
   * @param sameMajor both servers are of one major version
   */
  public List<String> differences(Contents found, boolean sameMajor) {
    var differences = new ArrayList<>(tableDifferences(found));
    for (var sequence : sequences) {
      if (!found.sequences().contains(sequence)) {
        differences.add("sequence " + sequence.name() + " does not stand where it did");
      }
    }
    objects.forEach(
        (kind, count) -> {
          long other = found.objects().getOrDefault(kind, 0L);
          if (other != count) {
            differences.add(
                kind.replace('_', ' ') + ": " + count + " expected, " + other + " found");
          } else if (sameMajor
              && definitions.containsKey(kind)
              && !definitions.get(kind).equals(found.definitions().get(kind))) {
            differences.add(kind + ": their definitions differ");
          }
        });
    return differences;
  }

  private List<String> tableDifferences(Contents found) {
    var differences = new ArrayList<String>();
    var present = new LinkedHashMap<String, Table>();
    found.tables().forEach(table -> present.put(table.name(), table));
    for (var table : tables) {
      var other = present.remove(table.name());
      if (other == null) {
        differences.add(table.name() + " is missing");
      } else if (!table.isView()) {
        // A view is made anew from its query, which may not have been run since the tables changed.
        difference(table, other).ifPresent(differences::add);
      }
    }
    present.keySet().forEach(name -> differences.add(name + " was not expected"));
    return differences;
  }

  private static Optional<String> difference(Table expected, Table found) {
    if (found.rows() != expected.rows()) {
      return Optional.of(
          expected.name() + ": " + expected.rows() + " rows expected, " + found.rows() + " found");
    }
    if (!found.checksum().equals(expected.checksum())) {
      return Optional.of(expected.name() + ": the rows are not the same");
    }
    return found.rls() == expected.rls()
        ? Optional.empty()
        : Optional.of(expected.name() + ": row-level security differs");
  }
}
