package ca.assistantgazelle.peers.gazelle;

import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The SDL brought to life over {@link Records}: what the SDL refuses is refused before anything is
 * read.
 */
public final class GazelleSchema {
  private static final String SDL = "/gazelle/gazelle.graphqls";
  private static final int TIMELINE_CAP = 100;

  /** In a request's context: what is to go wrong with the data; see {@link Fault#concernsData}. */
  static final String FAULT = "fault";

  private final Records records;
  private final Behaviour behaviour;
  private final Listings listings;

  private GazelleSchema(Records records, Behaviour behaviour) {
    this.records = records;
    this.behaviour = behaviour;
    this.listings = new Listings(records);
  }

  /** An executable schema over the given records. */
  static GraphQL over(Records records, Behaviour behaviour) {
    return GraphQL.newGraphQL(new GazelleSchema(records, behaviour).build()).build();
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
            .type("PrivateMutation", new Mutations(records, behaviour)::wire)
            .type(
                "PrivateEventCancelNotice",
                type -> fetch(type, Map.of("event", one(Collection.EVENTS, "eventId"))))
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
    return new SchemaGenerator().makeExecutableSchema(OpenEnums.in(sdl()), wiring);
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
    roots.put("allClients", env -> page(env, Collection.CLIENTS, listedClients(env)));
    roots.put("allPianos", env -> page(env, Collection.PIANOS, Filters.pianos(filters(env))));
    roots.put("allEventsBatched", env -> page(env, Collection.EVENTS, listedEvents(env)));
    roots.put(
        "allEventCancelNotices",
        env ->
            page(env, Collection.NOTICES, Filters.among(env.getArguments(), "status", "status")));
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
        "client",
        one(Collection.CLIENTS, "clientId"),
        "allPianoMeasurements",
        env -> records.where(Collection.MEASUREMENTS, "pianoId", id(env)));
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
        Comparator.comparing((Map<String, Object> entry) -> (String) entry.get("occurredAt"))
            .thenComparing(entry -> (String) entry.get("id"))
            .reversed();
    return page(
        env, Collection.TIMELINE, Filters.timeline(env.getArguments()), newestFirst, TIMELINE_CAP);
  }

  private Map<String, Object> page(
      DataFetchingEnvironment env, Collection collection, Predicate<Map<String, Object>> filter) {
    return page(env, collection, filter, Filters.order(env.getArgument("sortBy")), 0);
  }

  private Map<String, Object> page(
      DataFetchingEnvironment env,
      Collection collection,
      Predicate<Map<String, Object>> filter,
      Comparator<Map<String, Object>> order,
      int cap) {
    var arguments = arguments(env);
    var rows = listings.of(collection, arguments, filter, order);
    Fault fault = env.getGraphQlContext().get(FAULT);
    if (fault == Fault.ROWS_INSERTED || fault == Fault.ROWS_DELETED) {
      InFront.change(records, collection, rows, fault);
      rows = listings.of(collection, arguments, filter, order);
    } else if (fault == Fault.EVENTS_MISSING) {
      rows = FourOfFive.of(rows);
    }
    return Page.of(rows, env.getArgument("first"), env.getArgument("after"), cap);
  }

  // What tells one list from another: everything but the place in it.
  private String arguments(DataFetchingEnvironment env) {
    var arguments = new TreeMap<String, Object>(env.getArguments());
    List.of("first", "after", "last", "before").forEach(arguments::remove);
    return env.getField().getName() + arguments + behaviour.words();
  }

  private Predicate<Map<String, Object>> listedClients(DataFetchingEnvironment env) {
    var filter = Filters.clients(filters(env));
    if (!behaviour.hidesNewestClient()) {
      return filter;
    }
    var newest = records.all(Collection.CLIENTS).getLast().get("id");
    return filter.and(client -> !newest.equals(client.get("id")));
  }

  private Predicate<Map<String, Object>> listedEvents(DataFetchingEnvironment env) {
    var filter = Filters.events(filters(env));
    return behaviour.hidesCancelled() && filters(env).get("status") == null
        ? filter.and(event -> !"CANCELED".equals(event.get("status")))
        : filter;
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
