package ca.assistantgazelle.clients;

import ca.assistantgazelle.scan.ScanContext;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/**
 * Parents first: a client that was created while its pianos or appointments were listed is fetched
 * before they are stored.
 */
@Singleton
public class MissingClients {
  private final Clients clients;

  MissingClients(Clients clients) {
    this.clients = clients;
  }

  /**
   * Stores the clients that the records name and that are not stored yet, as far as Gazelle has
   * them.
   */
  public void fetch(ScanContext context, List<JsonNode> records) throws InterruptedException {
    var named =
        records.stream()
            .map(record -> record.path("client").path("id").asText(null))
            .filter(Objects::nonNull)
            .distinct()
            .toArray(String[]::new);
    var missing =
        context
            .bench()
            .read()
            .list(
                """
            select named.id from unnest($1::text[]) as named (id)
            where not exists (select from public.gazelle_clients c where c.external_id = named.id)
                  and not exists (
                    select from automation.quarantine q where q.entity = 'clients' and q.external_id = named.id)
            """,
                row -> row.getString(0),
                (Object) named);
    if (missing.isEmpty()) {
      return;
    }
    var listed = clients.lookUp(missing);
    var found = clients.prepare(clients.complete(context, listed));
    context
        .bench()
        .write(
            transaction -> {
              found.write(transaction, context);
              return null;
            });
    context
        .bench()
        .log()
        .info(
            "%d clients were named before they were listed; %d of them fetched",
            missing.size(), listed.size());
  }
}
