package ca.assistantgazelle.sync.client;

import ca.assistantgazelle.sync.scan.ScanContext;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/**
 * Fetches clients created after the client list was read, before the pianos or appointments that refer to them are
 * stored.
 */
@Singleton
public class MissingClientFetcher {
    private final ClientSyncSource clients;

    MissingClientFetcher(ClientSyncSource clients) {
        this.clients = clients;
    }

    /** Fetches and stores the clients that the records refer to and that are not stored yet. */
    public void fetch(ScanContext context, List<JsonNode> records) throws InterruptedException {
        var named = records.stream()
                .map(record -> record.path("client").path("id").asText(null))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
        var missing = context.jobContext().read().list("""
                select named.id from unnest($1::text[]) as named (id)
                where not exists (select from public.gazelle_clients c where c.external_id = named.id)
                      and not exists (
                        select from automation.quarantine q where q.entity = 'clients' and q.external_id = named.id)
                """, row -> row.getString(0), (Object) named);
        if (missing.isEmpty()) {
            return;
        }
        var listed = clients.fetchByIds(missing);
        var found = clients.prepare(clients.completeRecords(context, listed));
        context.jobContext().write(transaction -> {
            found.write(transaction, context);
            return null;
        });
        context.jobContext()
                .log()
                .info(
                        "%d clients were referenced before they were listed; %d of them fetched",
                        missing.size(), listed.size());
    }
}
