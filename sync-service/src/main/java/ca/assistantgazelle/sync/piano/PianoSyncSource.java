package ca.assistantgazelle.sync.piano;

import ca.assistantgazelle.sync.client.MissingClientFetcher;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.scan.PagedSyncSource;
import ca.assistantgazelle.sync.scan.ScanContext;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;

/** Pianos. */
@Singleton
public class PianoSyncSource implements PagedSyncSource {
    public static final String NAME = "pianos";

    private static final MirrorTable<PianoRow> TABLE = MirrorTable.of("gazelle_pianos", PianoRow.class)
            .insertOnly("dampp_chaser_installed", "coalesce(gazelle_dampp_chaser_installed, false)")
            .build();

    private final GazelleGraphQlClient gazelle;
    private final MirrorWriter writer;
    private final MissingClientFetcher missingClients;

    PianoSyncSource(GazelleGraphQlClient gazelle, MirrorWriter writer, MissingClientFetcher missingClients) {
        this.gazelle = gazelle;
        this.writer = writer;
        this.missingClients = missingClients;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MirrorTable<?> table() {
        return TABLE;
    }

    @Override
    public GraphQlQuery query() {
        return GraphQlQuery.PIANOS;
    }

    @Override
    public List<JsonNode> completeRecords(ScanContext context, List<JsonNode> pianos) throws InterruptedException {
        missingClients.fetch(context, pianos);
        return pianos;
    }

    @Override
    public PreparedBatch prepare(List<JsonNode> pianos) {
        var rows = writer.prepare(pianos, PianoRow::of, TABLE);
        return (transaction, context) -> writer.write(transaction, context.runId(), NAME, rows, context.countsOf(NAME));
    }

    @Override
    public List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException {
        return gazelle.records(GraphQlQuery.PIANO, ids);
    }
}
