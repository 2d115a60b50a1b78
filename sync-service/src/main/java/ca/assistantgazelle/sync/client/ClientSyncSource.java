package ca.assistantgazelle.sync.client;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GazellePage;
import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.gazelle.RecordErrorTolerance;
import ca.assistantgazelle.sync.gazelle.UnreadableRecord;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.scan.PagedSyncSource;
import ca.assistantgazelle.sync.scan.ScanContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Clients with all of their contacts, which Gazelle lists only under their client. */
@Singleton
public class ClientSyncSource implements PagedSyncSource {
    public static final String NAME = "clients";
    public static final String CONTACTS = "contacts";

    private static final MirrorTable<ClientRow> CLIENT_TABLE = MirrorTable.of("gazelle_clients", ClientRow.class)
            .insertOnly("tags", "gazelle_tags::text[]")
            .build();
    private static final MirrorTable<ContactRow> CONTACT_TABLE =
            MirrorTable.of("gazelle_contacts", ContactRow.class).build();

    private final GazelleGraphQlClient gazelle;
    private final MirrorWriter writer;

    ClientSyncSource(GazelleGraphQlClient gazelle, MirrorWriter writer) {
        this.gazelle = gazelle;
        this.writer = writer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MirrorTable<?> table() {
        return CLIENT_TABLE;
    }

    @Override
    public GraphQlQuery query() {
        return GraphQlQuery.CLIENTS;
    }

    @Override
    public List<JsonNode> completeRecords(ScanContext context, List<JsonNode> clients) throws InterruptedException {
        return RecordErrorTolerance.applyToEach(clients, this::fetchRemainingContacts);
    }

    @Override
    public List<String> entityNames() {
        return List.of(NAME, CONTACTS);
    }

    @Override
    public PreparedBatch prepare(List<JsonNode> clients) {
        var rows = writer.prepare(clients, ClientMapping::client, CLIENT_TABLE);
        var contacts = writer.prepare(contacts(clients), ClientMapping::contact, CONTACT_TABLE);
        return (transaction, context) -> {
            writer.write(transaction, context.runId(), NAME, rows, context.countsOf(NAME));
            writer.write(transaction, context.runId(), CONTACTS, contacts, context.countsOf(CONTACTS));
            int gone = markMissingContacts(transaction, clients);
            context.countsOf(CONTACTS).add("deleted", gone);
        };
    }

    @Override
    public List<JsonNode> fetchByIds(List<String> ids) throws InterruptedException {
        return gazelle.records(GraphQlQuery.CLIENT, ids);
    }

    @Override
    public void markDeleted(SqlQueries transaction, ScanContext context, List<String> ids) {
        CLIENT_TABLE.markDeleted(transaction, ids);
        int contacts = transaction.update("""
        update public.gazelle_contacts set deleted_at = now(), deleted_reason = 'client absent de Gazelle', updated_at = now()
        where client_external_id = any ($1) and deleted_at is null
        """, (Object) ids.toArray(String[]::new));
        context.countsOf(CONTACTS).add("deleted", contacts);
    }

    private void fetchRemainingContacts(JsonNode client) throws InterruptedException {
        if (UnreadableRecord.isUnreadable(client)) {
            return;
        }
        GazellePage.fetchRemaining(
                client.path("allContacts"),
                after -> gazelle.record(
                                GraphQlQuery.CLIENT_CONTACTS,
                                Map.of("id", client.path("id").asText(), "after", after))
                        .orElseThrow(GazelleException::missingList)
                        .path("allContacts"));
    }

    private static List<JsonNode> contacts(List<JsonNode> clients) {
        var contacts = new ArrayList<JsonNode>();
        for (var client : clients) {
            for (var contact :
                    GazellePage.ofNestedList(client.path("allContacts")).nodes()) {
                ((ObjectNode) contact)
                        .putObject("client")
                        .put("id", client.path("id").asText());
                contacts.add(contact);
            }
        }
        return contacts;
    }

    // A contact that Gazelle failed to return may be any of the stored ones.
    private static boolean hasAllContacts(JsonNode client) {
        return !UnreadableRecord.isUnreadable(client)
                && GazellePage.ofNestedList(client.path("allContacts")).nodes().stream()
                        .noneMatch(UnreadableRecord::isUnreadable);
    }

    // A client is returned with all of its contacts, so a missing one was removed or moved to another
    // client.
    private static int markMissingContacts(SqlQueries transaction, List<JsonNode> clients) {
        var whole = clients.stream().filter(ClientSyncSource::hasAllContacts).toList();
        var clientIds = whole.stream().map(client -> client.path("id").asText()).toArray(String[]::new);
        var contactIds = contacts(whole).stream()
                .map(contact -> contact.path("id").asText())
                .toArray(String[]::new);
        var missing = transaction.list("""
                select known.external_id
                from unnest($1::text[]) as read (client_id) cross join lateral (
                  select external_id from public.gazelle_contacts
                  where client_external_id = read.client_id and deleted_at is null and content_hash is not null
                  offset 0) known
                where known.external_id not in (select id from unnest($2::text[]) as given (id) where id is not null)
                """, row -> row.getString(0), clientIds, contactIds);
        if (!missing.isEmpty()) {
            CONTACT_TABLE.markDeleted(transaction, missing);
        }
        return missing.size();
    }
}
