package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** An entity that Gazelle returns as a single list. */
public record UnpagedSyncSource<R extends Record>(
        String name, GraphQlQuery query, Function<JsonNode, R> mapping, MirrorTable<R> table) {
    /** Reads the list and stores it in one transaction. */
    public void run(GazelleGraphQlClient gazelle, MirrorWriter writer, ScanContext context)
            throws InterruptedException {
        var records = gazelle.list(query);
        var rows = writer.prepare(records, mapping, table);
        context.jobContext().write(transaction -> {
            writer.releaseWithoutId(transaction, context.runId(), name);
            return writer.write(transaction, context.runId(), name, rows, context.countsOf(name));
        });
        var tally = context.countsOf(name);
        // For tables without a hash the statement skips unchanged rows: rows not written are unchanged.
        tally.add("unchanged", tally.unaccounted());
        context.jobContext().log().info("%s synchronised: %s", name, tally.counts());
    }
}
