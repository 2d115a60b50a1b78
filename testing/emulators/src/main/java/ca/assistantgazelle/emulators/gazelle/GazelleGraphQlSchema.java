package ca.assistantgazelle.emulators.gazelle;

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
 * The executable GraphQL schema: the SDL with data fetchers over {@link EmulatedRecords}. Queries that the SDL does not
 * allow are rejected before any record is read.
 */
public final class GazelleGraphQlSchema {
    private static final Map<String, Object> COMPANY = Map.of(
            "id", "com_local",
            "countryCode", "CA",
            "isParked", false,
            "name", "Pianos Exemple",
            "createdAt", "2016-01-01T12:00:00Z");

    private static final String SDL = "/gazelle/gazelle.graphqls";
    private static final int TIMELINE_CAP = 100;

    /** Context key of the fault to apply to the records; see {@link GazelleFault#affectsData}. */
    static final String FAULT_KEY = "fault";

    private final EmulatedRecords records;
    private final EmulatorBehaviour behaviour;
    private final RecordListingCache listings;

    private GazelleGraphQlSchema(EmulatedRecords records, EmulatorBehaviour behaviour) {
        this.records = records;
        this.behaviour = behaviour;
        this.listings = new RecordListingCache(records);
    }

    /** Creates the executable schema over the given records. */
    static GraphQL create(EmulatedRecords records, EmulatorBehaviour behaviour) {
        return GraphQL.newGraphQL(new GazelleGraphQlSchema(records, behaviour).build())
                .build();
    }

    /** The schema definition, to validate query documents against. */
    public static String sdl() {
        try (var in = GazelleGraphQlSchema.class.getResourceAsStream(SDL)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GraphQLSchema build() {
        var wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(GazelleScalars.CORE_DATE)
                .scalar(GazelleScalars.CORE_DATE_TIME)
                .scalar(GazelleScalars.I18N_STRING)
                .type("PrivateQuery", type -> addFetchers(type, roots()))
                .type("PrivateMutation", new MutationWiring(records, behaviour)::wire)
                .type(
                        "PrivateEventCancelNotice",
                        type -> addFetchers(type, Map.of("event", reference(RecordCollection.EVENTS, "eventId"))))
                .type("PrivateClient", type -> addFetchers(type, client()))
                .type("PrivateContact", type -> addFetchers(type, contact()))
                .type("PrivatePiano", type -> addFetchers(type, piano()))
                .type("PrivateEvent", type -> addFetchers(type, event()))
                .type(
                        "PrivateEventPiano",
                        type -> addFetchers(type, Map.of("piano", reference(RecordCollection.PIANOS, "pianoId"))))
                .type("PrivateTimelineEntry", type -> addFetchers(type, timelineEntry()))
                .type("PrivateUser", type -> type.dataFetcher("fullName", GazelleGraphQlSchema::fullName))
                .type(
                        "PrivateMasterServiceItem",
                        type -> type.dataFetchers(Map.of(
                                "masterServiceGroup", reference(RecordCollection.GROUPS, "masterServiceGroupId"))))
                .build();
        return new SchemaGenerator().makeExecutableSchema(OpenEnumSchema.parse(sdl()), wiring);
    }

    private static TypeRuntimeWiring.Builder addFetchers(
            TypeRuntimeWiring.Builder type, Map<String, DataFetcher<?>> fetchers) {
        fetchers.forEach(type::dataFetcher);
        return type;
    }

    private Map<String, DataFetcher<?>> roots() {
        var roots = new LinkedHashMap<String, DataFetcher<?>>();
        roots.put("user", env -> records.all(RecordCollection.USERS).getFirst());
        roots.put("company", env -> COMPANY);
        roots.put("allUsers", env -> records.all(RecordCollection.USERS));
        roots.put("allMasterServiceItems", env -> records.all(RecordCollection.SERVICES));
        roots.put("allMasterServiceGroups", env -> records.all(RecordCollection.GROUPS));
        roots.put("allClients", env -> page(env, RecordCollection.CLIENTS, listedClients(env)));
        roots.put("allPianos", env -> page(env, RecordCollection.PIANOS, RecordFilters.pianos(filters(env))));
        roots.put("allEventsBatched", env -> page(env, RecordCollection.EVENTS, listedEvents(env)));
        roots.put(
                "allEventCancelNotices",
                env -> page(
                        env, RecordCollection.NOTICES, RecordFilters.oneOf(env.getArguments(), "status", "status")));
        roots.put("allTimelineEntries", this::timeline);
        roots.put("client", env -> records.find(RecordCollection.CLIENTS, firstOf(env, "id", "clientId")));
        roots.put("contact", env -> records.find(RecordCollection.CONTACTS, env.getArgument("id")));
        roots.put("piano", env -> records.find(RecordCollection.PIANOS, firstOf(env, "id", "pianoId")));
        roots.put("event", env -> records.find(RecordCollection.EVENTS, env.getArgument("eventId")));
        for (var notHeld : List.of(
                "allInvoices",
                "allEstimates",
                "allMessages",
                "allErrorLogs",
                "allSelfConfirmedAppointments",
                "allUncompletedAppointments")) {
            roots.put(notHeld, env -> EmulatedPage.of(List.of(), null, null, 0));
        }
        for (var notHeld : List.of("allEvents", "allTaxes", "allClientTags", "allPianoTags")) {
            roots.put(notHeld, env -> List.of());
        }
        return roots;
    }

    private Map<String, DataFetcher<?>> client() {
        return Map.of(
                "allContacts",
                        env -> nested(
                                env, contactsOf(id(env), Boolean.TRUE.equals(env.getArgument("includeArchived")))),
                "allPianos", env -> nested(env, records.where(RecordCollection.PIANOS, "clientId", id(env))),
                "defaultContact", env -> defaultContact(env, "isDefault"),
                "defaultBillingContact", env -> defaultContact(env, "isBillingDefault"),
                "defaultClientLocalization",
                        env -> Map.of("locale", field(env, "locale"), "isClientDefault", false, "isUserDefault", false),
                "preferredTechnician", reference(RecordCollection.USERS, "preferredTechnicianId"));
    }

    private Map<String, DataFetcher<?>> contact() {
        return Map.of("client", reference(RecordCollection.CLIENTS, "clientId"));
    }

    private Map<String, DataFetcher<?>> piano() {
        return Map.of(
                "client",
                reference(RecordCollection.CLIENTS, "clientId"),
                "allPianoMeasurements",
                env -> records.where(RecordCollection.MEASUREMENTS, "pianoId", id(env)));
    }

    private Map<String, DataFetcher<?>> event() {
        return Map.of(
                "client", reference(RecordCollection.CLIENTS, "clientId"),
                "user", reference(RecordCollection.USERS, "userId"),
                "createdBy", reference(RecordCollection.USERS, "createdById"),
                "allEventPianos", env -> nested(env, list(field(env, "pianos"))));
    }

    private Map<String, DataFetcher<?>> timelineEntry() {
        return Map.of(
                "client", reference(RecordCollection.CLIENTS, "clientId"),
                "piano", reference(RecordCollection.PIANOS, "pianoId"),
                "user", reference(RecordCollection.USERS, "userId"),
                "invoice", env -> idOnly(field(env, "invoiceId")),
                "estimate", env -> idOnly(field(env, "estimateId")),
                "appointment", reference(RecordCollection.EVENTS, "appointmentId"));
    }

    private Map<String, Object> timeline(DataFetchingEnvironment env) {
        var newestFirst = Comparator.comparing((Map<String, Object> entry) -> (String) entry.get("occurredAt"))
                .thenComparing(entry -> (String) entry.get("id"))
                .reversed();
        return page(
                env, RecordCollection.TIMELINE, RecordFilters.timeline(env.getArguments()), newestFirst, TIMELINE_CAP);
    }

    private Map<String, Object> page(
            DataFetchingEnvironment env, RecordCollection collection, Predicate<Map<String, Object>> filter) {
        return page(env, collection, filter, RecordFilters.order(env.getArgument("sortBy")), 0);
    }

    private Map<String, Object> page(
            DataFetchingEnvironment env,
            RecordCollection collection,
            Predicate<Map<String, Object>> filter,
            Comparator<Map<String, Object>> order,
            int cap) {
        var arguments = arguments(env);
        var rows = listings.of(collection, arguments, filter, order);
        GazelleFault fault = env.getGraphQlContext().get(FAULT_KEY);
        if (fault == GazelleFault.ROWS_INSERTED || fault == GazelleFault.ROWS_DELETED) {
            ShiftedRecordFault.apply(records, collection, rows, fault);
            rows = listings.of(collection, arguments, filter, order);
        } else if (fault == GazelleFault.EVENTS_MISSING) {
            rows = MissingRecordFault.withoutEveryFifth(rows);
        }
        return EmulatedPage.of(rows, env.getArgument("first"), env.getArgument("after"), cap);
    }

    // Cache key of a listing: its name, its arguments except pagination, and the behaviour.
    private String arguments(DataFetchingEnvironment env) {
        var arguments = new TreeMap<String, Object>(env.getArguments());
        List.of("first", "after", "last", "before").forEach(arguments::remove);
        return env.getField().getName() + arguments + behaviour.toMap();
    }

    private Predicate<Map<String, Object>> listedClients(DataFetchingEnvironment env) {
        var filter = RecordFilters.clients(filters(env));
        if (!behaviour.hidesNewestClient()) {
            return filter;
        }
        var newest = records.all(RecordCollection.CLIENTS).getLast().get("id");
        return filter.and(client -> !newest.equals(client.get("id")));
    }

    private Predicate<Map<String, Object>> listedEvents(DataFetchingEnvironment env) {
        var filter = RecordFilters.events(filters(env));
        return behaviour.hidesCancelled() && filters(env).get("status") == null
                ? filter.and(event -> !"CANCELED".equals(event.get("status")))
                : filter;
    }

    private static Map<String, Object> nested(DataFetchingEnvironment env, List<Map<String, Object>> rows) {
        return EmulatedPage.of(rows, env.getArgument("first"), env.getArgument("after"), 0);
    }

    private List<Map<String, Object>> contactsOf(Object clientId, boolean archivedToo) {
        return records.where(RecordCollection.CONTACTS, "clientId", clientId).stream()
                .filter(contact -> archivedToo || !Boolean.TRUE.equals(contact.get("archived")))
                .toList();
    }

    private Map<String, Object> defaultContact(DataFetchingEnvironment env, String flag) {
        return records.where(RecordCollection.CONTACTS, "clientId", id(env)).stream()
                .filter(contact -> Boolean.TRUE.equals(contact.get(flag)))
                .findFirst()
                .orElse(null);
    }

    private DataFetcher<Object> reference(RecordCollection collection, String idField) {
        return env -> records.find(collection, (String) field(env, idField));
    }

    private static Map<String, Object> idOnly(Object id) {
        return id == null ? null : Map.of("id", id);
    }

    private static String fullName(DataFetchingEnvironment env) {
        return Objects.toString(field(env, "firstName"), "") + " " + Objects.toString(field(env, "lastName"), "");
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
