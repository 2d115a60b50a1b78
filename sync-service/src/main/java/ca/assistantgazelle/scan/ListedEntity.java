package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * A kind of record that Gazelle gives as one short list.
 *
 * @param root the list's field in the answer
 */
public record ListedEntity<R extends Record>(
    String name, Query query, String root, Function<JsonNode, R> mapping, MirrorTable<R> table) {
  /** Reads the list and stores it in one transaction. */
  public void run(GazelleClient gazelle, MirrorWriter writer, ScanContext context) {
    var list = gazelle.ask(query, Map.of()).path(root);
    if (!list.isArray()) {
      throw GazelleException.noList();
    }
    var records =
        StreamSupport.stream(list.spliterator(), false).filter(node -> !node.isNull()).toList();
    context
        .bench()
        .write(
            transaction ->
                writer.write(
                    transaction,
                    context.runId(),
                    name,
                    records,
                    mapping,
                    table,
                    context.tally(name)));
    var tally = context.tally(name);
    // Tables without a hash leave unchanged rows to the statement: what it did not write was as it
    // should be.
    tally.add("unchanged", tally.unaccounted());
    context.bench().log().info("%s: %s", name, tally.counts());
  }
}
