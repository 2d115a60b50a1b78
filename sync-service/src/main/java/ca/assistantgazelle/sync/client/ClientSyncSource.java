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
    static final MirrorTable<ContactRow> CONTACT_TABLE =
            MirrorTable.of("gazelle_contacts", ContactRow.class).build();

    private final GazelleGraphQlClient gazelle;
    private final MirrorWriter writer;
    private final MissingContactDetector missingContacts;

    ClientSyncSource(GazelleGraphQlClient gazelle, MirrorWriter writer, MissingContactDetector missingContacts) {
        this.gazelle = gazelle;
        this.writer = writer;
        this.missingContacts = missingContacts;
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
            missingContacts.record(transaction, context.runId(), clients);
        };
    }

    @Override
    public void confirmNestedDeletions(ScanContext context) throws InterruptedException {
        missingContacts.confirm(context, ids -> completeRecords(context, fetchByIds(ids)));
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

    static List<JsonNode> contacts(List<JsonNode> clients) {
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
}
