package ca.assistantgazelle.timeline;

import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.Page;
import ca.assistantgazelle.gazelle.Paging;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.gazelle.Unreadable;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.scan.Entity;
import ca.assistantgazelle.scan.ScanContext;
import ca.assistantgazelle.scan.Window;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The history. Entries can neither be sorted nor looked up by id; a missing one is sought among its
 * client's.
 */
@Singleton
public class Timeline implements Entity {
  public static final String NAME = "timeline";

  private static final MirrorTable<EntryRow> TABLE =
      new MirrorTable<>(EntryRow.class, EntryRow::externalId, EntryRow.CHANGED, EntryRow.UPSERT);

  private record Known(String id, String clientId, OffsetDateTime occurredAt) {}

  private final GazelleClient gazelle;
  private final MirrorWriter writer;
  private final Database database;

  Timeline(GazelleClient gazelle, MirrorWriter writer, Database database) {
    this.gazelle = gazelle;
    this.writer = writer;
    this.database = database;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Query query() {
    return Query.TIMELINE;
  }

  @Override
  public Map<String, Object> variables(Window window) {
    return window.since() == null ? Map.of() : Map.of("since", window.since().toString());
  }

  @Override
  public List<JsonNode> complete(ScanContext context, List<JsonNode> entries) {
    return entries;
  }

  @Override
  public Batch prepare(List<JsonNode> entries) {
    var rows = writer.prepare(entries, EntryRow::of, TABLE);
    return (transaction, context) ->
        writer.write(transaction, context.runId(), NAME, rows, context.tally(NAME));
  }

  @Override
  public String expected() {
    return """
        select external_id from public.gazelle_timeline_entries
        where deleted_at is null and content_hash is not null
          and ($1::timestamptz is null or occurred_at > $1) and $2::timestamptz is null
        """;
  }

  @Override
  public List<Object> bounds(Window window) {
    return Arrays.asList(
        window.since() == null ? null : window.since().atOffset(ZoneOffset.UTC), null);
  }

  // Each client's history is read once, however many of its entries are sought.
  @Override
  public List<JsonNode> lookUp(List<String> ids) throws InterruptedException {
    var byClient =
        database
            .list(
                """
                select known.external_id, known.client_id, known.occurred_at
                from unnest($1::text[]) as wanted (id) cross join lateral (
                  select external_id, client_id, occurred_at from public.gazelle_timeline_entries
                  where external_id = wanted.id limit 1) known
                """,
                row ->
                    new Known(
                        row.getString("external_id"),
                        row.getString("client_id"),
                        row.getOffsetDateTime("occurred_at")),
                (Object) ids.toArray(String[]::new))
            .stream()
            .collect(Collectors.groupingBy(known -> Objects.toString(known.clientId(), "")));
    var found = new ArrayList<JsonNode>();
    for (var sought : byClient.values()) {
      found.addAll(seek(sought));
    }
    return found;
  }

  private List<JsonNode> seek(List<Known> sought) throws InterruptedException {
    var ids = sought.stream().map(Known::id).collect(Collectors.toCollection(HashSet::new));
    var found = new ArrayList<JsonNode>();
    var paging = new Paging();
    String after = null;
    JsonNode unreadable = null;
    do {
      var page = page(sought, after);
      paging.read(page.nodes().size(), page.total());
      for (var node : page.nodes()) {
        if (ids.remove(node.path("id").asText())) {
          found.add(node);
        } else if (Unreadable.is(node)) {
          unreadable = node;
        }
      }
      after = page.nextAfter(after);
    } while (after != null && !ids.isEmpty());
    if (unreadable != null) {
      // It may be any of those that were not found.
      var reason = Unreadable.reason(unreadable);
      ids.forEach(id -> found.add(Unreadable.of(id, reason)));
    }
    return found;
  }

  @Override
  public void markDeleted(Queries transaction, ScanContext context, List<String> ids) {
    transaction.update(
        """
        update public.gazelle_timeline_entries
        set deleted_at = now(), deleted_reason = 'absent de Gazelle', synced_at = now(), updated_at = now()
        where external_id = any ($1)
        """,
        (Object) ids.toArray(String[]::new));
  }

  // The whole history of the client: an entry may have been given another date. Without a client,
  // of everybody since the oldest of them.
  private Page page(List<Known> sought, String after) throws InterruptedException {
    var variables = new HashMap<String, Object>();
    variables.put("after", after);
    var client = sought.getFirst().clientId();
    if (client != null) {
      variables.put("clientId", client);
      return gazelle.page(Query.CLIENT_TIMELINE, variables);
    }
    variables.put("first", 100);
    if (sought.stream().allMatch(known -> known.occurredAt() != null)) {
      sought.stream()
          .map(known -> known.occurredAt().toInstant())
          .min(Comparator.naturalOrder())
          .ifPresent(since -> variables.put("since", since.toString()));
    }
    return gazelle.page(Query.TIMELINE, variables);
  }
}
