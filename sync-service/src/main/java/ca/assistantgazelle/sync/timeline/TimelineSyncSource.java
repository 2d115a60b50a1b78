package ca.assistantgazelle.sync.timeline;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.EndlessPagingGuard;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GazellePage;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.gazelle.UnreadableRecord;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.scan.PagedSyncSource;
import ca.assistantgazelle.sync.scan.SyncDateWindow;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Instant;
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
 * Timeline entries. Gazelle can neither sort them nor look them up by id; a missing one is searched for among its
 * client's entries.
 */
@Singleton
public class TimelineSyncSource implements PagedSyncSource {
    public static final String NAME = "timeline";

    private static final MirrorTable<TimelineEntryRow> TABLE = MirrorTable.of(
                    "gazelle_timeline_entries", TimelineEntryRow.class)
            .writeTime("synced_at")
            .build();

    private record KnownTimelineEntry(String id, String clientId, Instant occurredAt) {}

    private final GazelleGraphQlClient gazelle;
    private final MirrorWriter writer;
    private final Database database;

    TimelineSyncSource(GazelleGraphQlClient gazelle, MirrorWriter writer, Database database) {
        this.gazelle = gazelle;
        this.writer = writer;
        this.database = database;
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
        return GraphQlQuery.TIMELINE;
    }

    @Override
    public Map<String, Object> variables(SyncDateWindow window) {
        return window.since() == null
                ? Map.of()
                : Map.of("since", window.since().toString());
    }

    @Override
    public PreparedBatch prepare(List<JsonNode> entries) {
        var rows = writer.prepare(entries, TimelineEntryRow::of, TABLE);
        return (transaction, context) -> writer.write(transaction, context.runId(), NAME, rows, context.countsOf(NAME));
    }

    @Override
    public String windowCondition() {
        return "($1::timestamptz is null or occurred_at > $1) and $2::timestamptz is null";
    }

    @Override
    public List<Object> windowBounds(SyncDateWindow window) {
        return Arrays.asList(window.since(), null);
    }

    // Each client's history is read once, however many of its entries are missing.
    @Override
    public List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException {
        var byClient = database
                .list(
                        """
                        select known.external_id, known.client_id, known.occurred_at
                        from unnest($1::text[]) as wanted (id) cross join lateral (
                          select external_id, client_id, occurred_at from public.gazelle_timeline_entries
                          where external_id = wanted.id limit 1) known
                        """,
                        row -> new KnownTimelineEntry(
                                row.getString("external_id"),
                                row.getString("client_id"),
                                SqlQueries.instant(row, "occurred_at")),
                        (Object) ids.toArray(String[]::new))
                .stream()
                .collect(Collectors.groupingBy(known -> Objects.toString(known.clientId(), "")));
        var found = new ArrayList<JsonNode>();
        for (var sought : byClient.values()) {
            found.addAll(findEntries(sought));
        }
        return found;
    }

    private List<JsonNode> findEntries(List<KnownTimelineEntry> sought) throws InterruptedException {
        var ids = sought.stream().map(KnownTimelineEntry::id).collect(Collectors.toCollection(HashSet::new));
        var found = new ArrayList<JsonNode>();
        var paging = new EndlessPagingGuard();
        String after = null;
        JsonNode unreadable = null;
        do {
            var page = page(sought, after);
            paging.read(page.nodes().size(), page.total());
            for (var node : page.nodes()) {
                if (ids.remove(node.path("id").asText())) {
                    found.add(node);
                } else if (UnreadableRecord.isUnreadable(node)) {
                    unreadable = node;
                }
            }
            after = page.nextCursorAfter(after);
        } while (after != null && !ids.isEmpty());
        if (unreadable != null) {
            // It may be any of the entries that were not found.
            var reason = UnreadableRecord.reason(unreadable);
            ids.forEach(id -> found.add(UnreadableRecord.withId(id, reason)));
        }
        return found;
    }

    // Reads the client's complete history, as an entry's date may have changed. Without a client,
    // reads all clients' entries since the oldest missing one.
    private GazellePage page(List<KnownTimelineEntry> sought, String after) throws InterruptedException {
        var variables = new HashMap<String, Object>();
        variables.put("after", after);
        var client = sought.getFirst().clientId();
        if (client != null) {
            variables.put("clientId", client);
            return gazelle.page(GraphQlQuery.CLIENT_TIMELINE, variables);
        }
        variables.put("first", 100);
        if (sought.stream().allMatch(known -> known.occurredAt() != null)) {
            sought.stream()
                    .map(KnownTimelineEntry::occurredAt)
                    .min(Comparator.naturalOrder())
                    .ifPresent(since -> variables.put("since", since.toString()));
        }
        return gazelle.page(GraphQlQuery.TIMELINE, variables);
    }
}
