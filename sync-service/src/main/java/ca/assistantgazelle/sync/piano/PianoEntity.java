package ca.assistantgazelle.sync.piano;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.client.MissingClientFetcher;
import ca.assistantgazelle.sync.gazelle.GazelleClient;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.scan.ScanContext;
import ca.assistantgazelle.sync.scan.SyncEntity;
import ca.assistantgazelle.sync.scan.SyncWindow;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pianos. */
@Singleton
public class PianoEntity implements SyncEntity {
  public static final String NAME = "pianos";

  private static final MirrorTable<PianoRow> TABLE =
      new MirrorTable<>(PianoRow.class, PianoRow::externalId, PianoRow.CHANGED, PianoRow.UPSERT);

  private final GazelleClient gazelle;
  private final MirrorWriter writer;
  private final MissingClientFetcher missingClients;

  PianoEntity(GazelleClient gazelle, MirrorWriter writer, MissingClientFetcher missingClients) {
    this.gazelle = gazelle;
    this.writer = writer;
    this.missingClients = missingClients;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GraphQlQuery query() {
    return GraphQlQuery.PIANOS;
  }

  @Override
  public Map<String, Object> variables(SyncWindow window) {
    return Map.of();
  }

  @Override
  public List<JsonNode> completeRecords(ScanContext context, List<JsonNode> pianos)
      throws InterruptedException {
    missingClients.fetch(context, pianos);
    return pianos;
  }

  @Override
  public PreparedBatch prepare(List<JsonNode> pianos) {
    var rows = writer.prepare(pianos, PianoRow::of, TABLE);
    return (transaction, context) ->
        writer.write(transaction, context.runId(), NAME, rows, context.countsOf(NAME));
  }

  @Override
  public String expectedIdsSql() {
    return """
        select external_id from public.gazelle_pianos
        where deleted_at is null and content_hash is not null
          and $1::timestamptz is null and $2::timestamptz is null
        """;
  }

  @Override
  public List<Object> windowBounds(SyncWindow window) {
    return Arrays.asList(null, null);
  }

  @Override
  public List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException {
    return gazelle.records(GraphQlQuery.PIANO, ids);
  }

  @Override
  public void markDeleted(SqlQueries transaction, ScanContext context, List<String> ids) {
    transaction.update(
        """
        update public.gazelle_pianos set deleted_at = now(), deleted_reason = 'absent de Gazelle', updated_at = now()
        where external_id = any ($1)
        """,
        (Object) ids.toArray(String[]::new));
  }
}
