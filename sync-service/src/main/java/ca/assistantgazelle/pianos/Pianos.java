package ca.assistantgazelle.pianos;

import ca.assistantgazelle.clients.MissingClients;
import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.scan.Entity;
import ca.assistantgazelle.scan.ScanContext;
import ca.assistantgazelle.scan.Window;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The instruments. */
@Singleton
public class Pianos implements Entity {
  public static final String NAME = "pianos";

  private static final MirrorTable<PianoRow> TABLE =
      new MirrorTable<>(PianoRow.class, PianoRow::externalId, PianoRow.CHANGED, PianoRow.UPSERT);

  private final GazelleClient gazelle;
  private final MirrorWriter writer;
  private final MissingClients missingClients;

  Pianos(GazelleClient gazelle, MirrorWriter writer, MissingClients missingClients) {
    this.gazelle = gazelle;
    this.writer = writer;
    this.missingClients = missingClients;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Query query() {
    return Query.PIANOS;
  }

  @Override
  public Map<String, Object> variables(Window window) {
    return Map.of();
  }

  @Override
  public List<JsonNode> complete(ScanContext context, List<JsonNode> pianos)
      throws InterruptedException {
    missingClients.fetch(context, pianos);
    return pianos;
  }

  @Override
  public Batch prepare(List<JsonNode> pianos) {
    var rows = writer.prepare(pianos, PianoRow::of, TABLE);
    return (transaction, context) ->
        writer.write(transaction, context.runId(), NAME, rows, context.tally(NAME));
  }

  @Override
  public String expected() {
    return """
        select external_id from public.gazelle_pianos
        where deleted_at is null and content_hash is not null
          and $1::timestamptz is null and $2::timestamptz is null
        """;
  }

  @Override
  public List<Object> bounds(Window window) {
    return Arrays.asList(null, null);
  }

  @Override
  public List<JsonNode> lookUp(List<String> ids) throws InterruptedException {
    return gazelle.records(Query.PIANO, ids);
  }

  @Override
  public void markDeleted(Queries transaction, ScanContext context, List<String> ids) {
    transaction.update(
        """
        update public.gazelle_pianos set deleted_at = now(), deleted_reason = 'absent de Gazelle', updated_at = now()
        where external_id = any ($1)
        """,
        (Object) ids.toArray(String[]::new));
  }
}
