package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** A kind of record that Gazelle gives as one short list. */
public record ListedEntity<R extends Record>(
    String name, Query query, Function<JsonNode, R> mapping, MirrorTable<R> table) {
  /** Reads the list and stores it in one transaction. */
  public void run(GazelleClient gazelle, MirrorWriter writer, ScanContext context)
      throws InterruptedException {
    var records = gazelle.list(query);
    var rows = writer.prepare(records, mapping, table);
    context
        .bench()
        .write(
            transaction -> {
              writer.releaseUnnamed(transaction, context.runId(), name);
              return writer.write(transaction, context.runId(), name, rows, context.tally(name));
            });
    var tally = context.tally(name);
    // Tables without a hash leave unchanged rows to the statement: what it did not write was as it
    // should be.
    tally.add("unchanged", tally.unaccounted());
    context.bench().log().info("%s: %s", name, tally.counts());
  }
}
