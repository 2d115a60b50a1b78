package ca.assistantgazelle.clients;

import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.Leniency;
import ca.assistantgazelle.gazelle.Page;
import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.gazelle.Unreadable;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.scan.Entity;
import ca.assistantgazelle.scan.ScanContext;
import ca.assistantgazelle.scan.Window;
import ca.assistantgazelle.sql.Queries;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Clients together with all of their contacts: Gazelle lists contacts only under their client. */
@Singleton
public class Clients implements Entity {
  public static final String NAME = "clients";
  public static final String CONTACTS = "contacts";

  private static final MirrorTable<ClientRow> CLIENT_TABLE =
      new MirrorTable<>(
          ClientRow.class, ClientRow::externalId, ClientRow.CHANGED, ClientRow.UPSERT);
  private static final MirrorTable<ContactRow> CONTACT_TABLE =
      new MirrorTable<>(
          ContactRow.class, ContactRow::externalId, ContactRow.CHANGED, ContactRow.UPSERT);

  private final GazelleClient gazelle;
  private final MirrorWriter writer;

  Clients(GazelleClient gazelle, MirrorWriter writer) {
    this.gazelle = gazelle;
    this.writer = writer;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Query query() {
    return Query.CLIENTS;
  }

  @Override
  public Map<String, Object> variables(Window window) {
    return Map.of();
  }

  @Override
  public List<JsonNode> complete(ScanContext context, List<JsonNode> clients)
      throws InterruptedException {
    return Leniency.each(clients, this::fetchRemainingContacts);
  }

  @Override
  public List<String> kinds() {
    return List.of(NAME, CONTACTS);
  }

  @Override
  public Batch prepare(List<JsonNode> clients) {
    var rows = writer.prepare(clients, ClientMapping::client, CLIENT_TABLE);
    var contacts = writer.prepare(contacts(clients), ClientMapping::contact, CONTACT_TABLE);
    return (transaction, context) -> {
      writer.write(transaction, context.runId(), NAME, rows, context.tally(NAME));
      writer.write(transaction, context.runId(), CONTACTS, contacts, context.tally(CONTACTS));
      int gone = markMissingContacts(transaction, clients);
      context.tally(CONTACTS).add("deleted", gone);
    };
  }

  @Override
  public String expected() {
    return """
        select external_id from public.gazelle_clients
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
    return gazelle.records(Query.CLIENT, ids);
  }

  @Override
  public void markDeleted(Queries transaction, ScanContext context, List<String> ids) {
    transaction.update(
        """
        update public.gazelle_clients set deleted_at = now(), deleted_reason = 'absent de Gazelle', updated_at = now()
        where external_id = any ($1)
        """,
        (Object) ids.toArray(String[]::new));
    int contacts =
        transaction.update(
            """
        update public.gazelle_contacts set deleted_at = now(), deleted_reason = 'client absent de Gazelle', updated_at = now()
        where client_external_id = any ($1) and deleted_at is null
        """,
            (Object) ids.toArray(String[]::new));
    context.tally(CONTACTS).add("deleted", contacts);
  }

  private void fetchRemainingContacts(JsonNode client) throws InterruptedException {
    if (Unreadable.is(client)) {
      return;
    }
    Page.complete(
        client.path("allContacts"),
        after ->
            gazelle
                .record(
                    Query.CLIENT_CONTACTS, Map.of("id", client.path("id").asText(), "after", after))
                .orElseThrow(GazelleException::noList)
                .path("allContacts"));
  }

  private static List<JsonNode> contacts(List<JsonNode> clients) {
    var contacts = new ArrayList<JsonNode>();
    for (var client : clients) {
      for (var contact : Page.of(client.path("allContacts")).nodes()) {
        ((ObjectNode) contact).putObject("client").put("id", client.path("id").asText());
        contacts.add(contact);
      }
    }
    return contacts;
  }

  // A contact that Gazelle does not give may be any of those that are known.
  private static boolean hasAllContacts(JsonNode client) {
    return !Unreadable.is(client)
        && Page.of(client.path("allContacts")).nodes().stream().noneMatch(Unreadable::is);
  }

  // A client's contacts come whole with it, so one that is not among them was removed or moved to
  // another client.
  private static int markMissingContacts(Queries transaction, List<JsonNode> clients) {
    var whole = clients.stream().filter(Clients::hasAllContacts).toList();
    var clientIds = whole.stream().map(client -> client.path("id").asText()).toArray(String[]::new);
    var contactIds =
        contacts(whole).stream().map(contact -> contact.path("id").asText()).toArray(String[]::new);
    var missing =
        transaction.list(
            """
            select known.external_id
            from unnest($1::text[]) as read (client_id) cross join lateral (
              select external_id from public.gazelle_contacts
              where client_external_id = read.client_id and deleted_at is null and content_hash is not null
              offset 0) known
            where known.external_id not in (select id from unnest($2::text[]) as given (id) where id is not null)
            """,
            row -> row.getString(0),
            clientIds,
            contactIds);
    if (!missing.isEmpty()) {
      transaction.update(
          """
          update public.gazelle_contacts set deleted_at = now(), deleted_reason = 'absent de Gazelle', updated_at = now()
          where external_id = any ($1)
          """,
          (Object) missing.toArray(String[]::new));
    }
    return missing.size();
  }
}
