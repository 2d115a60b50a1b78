package ca.assistantgazelle.sync.client;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.GazellePage;
import ca.assistantgazelle.sync.gazelle.UnreadableRecord;
import ca.assistantgazelle.sync.scan.MassLossGuard;
import ca.assistantgazelle.sync.scan.ScanContext;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Finds contacts that were removed in Gazelle. A client is returned with all of its contacts, so one that is missing
 * was removed, moved to another client, or hidden by an error: the missing ones are recorded during the scan, and after
 * it looked up once more, unless there are too many of them.
 */
@Singleton
class MissingContactDetector {
    /** The name under which missing contacts are kept among the ids seen by the run. */
    private static final String MISSING = "contacts missing";

    /** Reads clients by id, each with all of its contacts. */
    interface ClientReader {
        List<JsonNode> read(List<String> clientIds) throws InterruptedException;
    }

    private record MissingContact(String id, String clientId) {}

    /** Records the stored contacts of these clients that the clients do not contain. */
    void record(SqlQueries transaction, UUID runId, List<JsonNode> clients) {
        var whole =
                clients.stream().filter(MissingContactDetector::hasAllContacts).toList();
        transaction.update("""
                insert into automation.scanned_id (run_id, entity, external_id)
                select $3, $4, known.external_id
                from unnest($1::text[]) as read (client_id) cross join lateral (
                  select external_id from public.gazelle_contacts
                  where client_external_id = read.client_id and deleted_at is null and content_hash is not null
                  offset 0) known
                where known.external_id not in (select id from unnest($2::text[]) as given (id) where id is not null)
                on conflict do nothing
                """, ids(whole), ids(ClientSyncSource.contacts(whole)), runId, MISSING);
    }

    /** Marks those contacts as deleted that their clients still do not contain. */
    void confirm(ScanContext context, ClientReader reader) throws InterruptedException {
        var missing = findMissing(context);
        if (missing.isEmpty()) {
            return;
        }
        MassLossGuard.require(ClientSyncSource.CONTACTS, missing.size(), countKnown(context), 0);
        var clients = reader
                .read(missing.stream().map(MissingContact::clientId).distinct().toList())
                .stream()
                .filter(MissingContactDetector::hasAllContacts)
                .toList();
        var readAgain = new HashSet<>(List.of(ids(clients)));
        var present = new HashSet<>(List.of(ids(ClientSyncSource.contacts(clients))));
        // The contacts of a client that no longer exists are marked with it.
        var gone = missing.stream()
                .filter(contact -> readAgain.contains(contact.clientId()) && !present.contains(contact.id()))
                .map(MissingContact::id)
                .toList();
        context.jobContext().write(transaction -> {
            ClientSyncSource.CONTACT_TABLE.markDeleted(transaction, gone);
            return null;
        });
        context.countsOf(ClientSyncSource.CONTACTS).add("deleted", gone.size());
        context.jobContext()
                .log()
                .info("contacts: %d missing from the scan, %d of them marked as deleted", missing.size(), gone.size());
    }

    private static List<MissingContact> findMissing(ScanContext context) {
        return context.jobContext()
                .read()
                .list(
                        """
                        select c.external_id, c.client_external_id
                        from automation.scanned_id s join public.gazelle_contacts c on c.external_id = s.external_id
                        where s.run_id = $1 and s.entity = $2 and c.deleted_at is null
                        order by c.external_id
                        """,
                        row -> new MissingContact(row.getString("external_id"), row.getString("client_external_id")),
                        context.runId(),
                        MISSING);
    }

    private static long countKnown(ScanContext context) {
        return context.jobContext()
                .read()
                .first(
                        "select count(*) from public.gazelle_contacts where deleted_at is null and content_hash is not null",
                        row -> row.getLong(0))
                .orElseThrow();
    }

    // A contact that Gazelle failed to return may be any of the stored ones.
    private static boolean hasAllContacts(JsonNode client) {
        return !UnreadableRecord.isUnreadable(client)
                && GazellePage.ofNestedList(client.path("allContacts")).nodes().stream()
                        .noneMatch(UnreadableRecord::isUnreadable);
    }

    private static String[] ids(List<JsonNode> records) {
        return records.stream().map(record -> record.path("id").asText()).toArray(String[]::new);
    }
}
