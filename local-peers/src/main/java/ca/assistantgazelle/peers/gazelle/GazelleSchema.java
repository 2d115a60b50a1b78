package ca.assistantgazelle.peers.gazelle;

import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The SDL brought to life over {@link Records}: what the SDL refuses is refused before anything is
 * read.
 */
public final class GazelleSchema {
  private static final String SDL = "/gazelle/gazelle.graphqls";
  private static final int TIMELINE_CAP = 100;

  private final Records records;

  private GazelleSchema(Records records) {
    this.records = records;
  }

  /** An executable schema over the given records. */
  public static GraphQL over(Records records) {
    return GraphQL.newGraphQL(new GazelleSchema(records).build()).build();
  }

  /** The schema definition, for checks of query documents. */
  public static String sdl() {
    try (var in = GazelleSchema.class.getResourceAsStream(SDL)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GraphQLSchema build() {
    var wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(Scalars.CORE_DATE)
            .scalar(Scalars.CORE_DATE_TIME)
            .scalar(Scalars.I18N_STRING)
            .type("PrivateQuery", type -> fetch(type, roots()))
            .type("PrivateClient", type -> fetch(type, client()))
            .type("PrivateContact", type -> fetch(type, contact()))
            .type("PrivatePiano", type -> fetch(type, piano()))
            .type("PrivateEvent", type -> fetch(type, event()))
            .type(
                "PrivateEventPiano",
                type -> fetch(type, Map.of("piano", one(Collection.PIANOS, "pianoId"))))
            .type("PrivateTimelineEntry", type -> fetch(type, timelineEntry()))
            .type("PrivateUser", type -> type.dataFetcher("fullName", GazelleSchema::fullName))
            .type(
                "PrivateMasterServiceItem",
                type ->
                    type.dataFetchers(
                        Map.of(
                            "masterServiceGroup", one(Collection.GROUPS, "masterServiceGroupId"))))
            .build();
    return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl()), wiring);
  }

  private static TypeRuntimeWiring.Builder fetch(
      TypeRuntimeWiring.Builder type, Map<String, DataFetcher<?>> fetchers) {
    fetchers.forEach(type::dataFetcher);
    return type;
  }

  private Map<String, DataFetcher<?>> roots() {
    var roots = new LinkedHashMap<String, DataFetcher<?>>();
    roots.put("user", env -> records.all(Collection.USERS).getFirst());
    roots.put(
        "company",
        env ->
            Map.of(
                "id",
                "com_local",
                "countryCode",
                "CA",
                "isParked",
                false,
                "name",
                "Pianos Exemple",
                "createdAt",
                "2016-01-01T12:00:00Z"));
    roots.put("allUsers", env -> records.all(Collection.USERS));
    roots.put("allMasterServiceItems", env -> records.all(Collection.SERVICES));
    roots.put("allMasterServiceGroups", env -> records.all(Collection.GROUPS));
    roots.put("allClients", env -> page(env, Collection.CLIENTS, Filters.clients(filters(env)), 0));
    roots.put("allPianos", env -> page(env, Collection.PIANOS, Filters.pianos(filters(env)), 0));
    roots.put(
        "allEventsBatched", env -> page(env, Collection.EVENTS, Filters.events(filters(env)), 0));
    roots.put("allTimelineEntries", this::timeline);
    roots.put("client", env -> records.find(Collection.CLIENTS, firstOf(env, "id", "clientId")));
    roots.put("contact", env -> records.find(Collection.CONTACTS, env.getArgument("id")));
    roots.put("piano", env -> records.find(Collection.PIANOS, firstOf(env, "id", "pianoId")));
    roots.put("event", env -> records.find(Collection.EVENTS, env.getArgument("eventId")));
    for (var notHeld :
        List.of(
            "allInvoices",
            "allEstimates",
            "allMessages",
            "allErrorLogs",
            "allEventCancelNotices",
            "allSelfConfirmedAppointments",
            "allUncompletedAppointments")) {
      roots.put(notHeld, env -> Page.of(List.of(), null, null, 0));
    }
    for (var notHeld : List.of("allEvents", "allTaxes", "allClientTags", "allPianoTags")) {
      roots.put(notHeld, env -> List.of());
    }
    return roots;
  }

  private Map<String, DataFetcher<?>> client() {
    return Map.of(
        "allContacts",
            env ->
                nested(
                    env,
                    contactsOf(id(env), Boolean.TRUE.equals(env.getArgument("includeArchived")))),
        "allPianos", env -> nested(env, records.where(Collection.PIANOS, "clientId", id(env))),
        "defaultContact", env -> defaultContact(env, "isDefault"),
        "defaultBillingContact", env -> defaultContact(env, "isBillingDefault"),
        "defaultClientLocalization",
            env ->
                Map.of(
                    "locale",
                    field(env, "locale"),
                    "isClientDefault",
                    false,
                    "isUserDefault",
                    false),
        "preferredTechnician", one(Collection.USERS, "preferredTechnicianId"));
  }

  private Map<String, DataFetcher<?>> contact() {
    return Map.of("client", one(Collection.CLIENTS, "clientId"));
  }

  private Map<String, DataFetcher<?>> piano() {
    return Map.of(
        "client", one(Collection.CLIENTS, "clientId"), "allPianoMeasurements", env -> List.of());
  }

  private Map<String, DataFetcher<?>> event() {
    return Map.of(
        "client", one(Collection.CLIENTS, "clientId"),
        "user", one(Collection.USERS, "userId"),
        "createdBy", one(Collection.USERS, "createdById"),
        "allEventPianos", env -> nested(env, list(field(env, "pianos"))));
  }

  private Map<String, DataFetcher<?>> timelineEntry() {
    return Map.of(
        "client", one(Collection.CLIENTS, "clientId"),
        "piano", one(Collection.PIANOS, "pianoId"),
        "user", one(Collection.USERS, "userId"),
        "invoice", env -> bare(field(env, "invoiceId")),
        "estimate", env -> bare(field(env, "estimateId")),
        "appointment", one(Collection.EVENTS, "appointmentId"));
  }

  private Map<String, Object> timeline(DataFetchingEnvironment env) {
    var newestFirst =
        records.all(Collection.TIMELINE).stream()
            .filter(Filters.timeline(env.getArguments()))
            .sorted(
                Comparator.comparing(
                        (Map<String, Object> entry) -> (String) entry.get("occurredAt"))
                    .thenComparing(entry -> (String) entry.get("id"))
                    .reversed())
            .toList();
    return Page.of(newestFirst, env.getArgument("first"), env.getArgument("after"), TIMELINE_CAP);
  }

  private Map<String, Object> page(
      DataFetchingEnvironment env,
      Collection collection,
      Predicate<Map<String, Object>> filter,
      int cap) {
    var rows = records.all(collection).stream().filter(filter);
    var order = Filters.order(env.getArgument("sortBy"));
    var sorted = order == null ? rows.toList() : rows.sorted(order).toList();
    return Page.of(sorted, env.getArgument("first"), env.getArgument("after"), cap);
  }

  private static Map<String, Object> nested(
      DataFetchingEnvironment env, List<Map<String, Object>> rows) {
    return Page.of(rows, env.getArgument("first"), env.getArgument("after"), 0);
  }

  private List<Map<String, Object>> contactsOf(Object clientId, boolean archivedToo) {
    return records.where(Collection.CONTACTS, "clientId", clientId).stream()
        .filter(contact -> archivedToo || !Boolean.TRUE.equals(contact.get("archived")))
        .toList();
  }

  private Map<String, Object> defaultContact(DataFetchingEnvironment env, String flag) {
    return records.where(Collection.CONTACTS, "clientId", id(env)).stream()
        .filter(contact -> Boolean.TRUE.equals(contact.get(flag)))
        .findFirst()
        .orElse(null);
  }

  private DataFetcher<Object> one(Collection collection, String idField) {
    return env -> records.find(collection, (String) field(env, idField));
  }

  private static Map<String, Object> bare(Object id) {
    return id == null ? null : Map.of("id", id);
  }

  private static String fullName(DataFetchingEnvironment env) {
    return Objects.toString(field(env, "firstName"), "")
        + " "
        + Objects.toString(field(env, "lastName"), "");
  }

  private static Map<String, Object> filters(DataFetchingEnvironment env) {
    return env.getArgumentOrDefault("filters", Map.of());
  }

  private static String firstOf(DataFetchingEnvironment env, String first, String second) {
    String value = env.getArgument(first);
    return value == null ? env.getArgument(second) : value;
  }

  private static Object id(DataFetchingEnvironment env) {
    return field(env, "id");
  }

  private static Object field(DataFetchingEnvironment env, String name) {
    Map<String, Object> source = env.getSource();
    return source == null ? null : source.get(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }
}
