package ca.assistantgazelle.emulators.gazelle;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Map;

/** Registers the supported mutations; all others of the SDL fail. */
final class MutationWiring {
    private final EventMutations eventMutations;
    private final PianoMutations pianoMutations;
    private final ClientMutations clientMutations;

    MutationWiring(EmulatedRecords records, EmulatorBehaviour behaviour) {
        this.pianoMutations = new PianoMutations(records);
        this.eventMutations = new EventMutations(records, behaviour, pianoMutations);
        this.clientMutations = new ClientMutations(records, pianoMutations);
    }

    TypeRuntimeWiring.Builder wire(TypeRuntimeWiring.Builder type) {
        fetchers().forEach(type::dataFetcher);
        return type.defaultDataFetcher(env -> {
            throw new IllegalStateException(
                    "Unsupported mutation: " + env.getField().getName());
        });
    }

    private Map<String, DataFetcher<?>> fetchers() {
        return Map.ofEntries(
                fetcher("createEvent", env -> eventMutations.create(input(env))),
                fetcher("updateEvent", env -> eventMutations.update(id(env), input(env))),
                fetcher("completeEvent", env -> eventMutations.complete(eventId(env), input(env))),
                fetcher("uncompleteEvent", env -> eventMutations.setStatus(id(env), "ACTIVE")),
                fetcher("cancelEvent", env -> eventMutations.cancel(eventId(env))),
                fetcher("uncancelEvent", env -> eventMutations.setStatus(eventId(env), "ACTIVE")),
                fetcher("confirmEvent", env -> eventMutations.confirm(id(env))),
                fetcher("unconfirmEvent", env -> eventMutations.unconfirm(id(env))),
                fetcher("deleteEvent", env -> eventMutations.delete(id(env))),
                fetcher("updateEventCancelNotice", env -> eventMutations.updateNotice(id(env), input(env))),
                fetcher("createPiano", env -> pianoMutations.create(input(env))),
                fetcher("updatePiano", env -> pianoMutations.update(id(env), input(env))),
                fetcher("deletePiano", env -> pianoMutations.delete(id(env))),
                fetcher("mergePianos", env -> pianoMutations.merge(input(env))),
                fetcher("createPianoMeasurement", env -> pianoMutations.createMeasurement(input(env))),
                fetcher("createClient", env -> clientMutations.create(input(env), id(env))),
                fetcher("updateClient", env -> clientMutations.update(id(env), input(env))),
                fetcher("deleteClient", env -> clientMutations.delete(id(env))),
                fetcher("mergeClients", env -> clientMutations.merge(input(env))),
                fetcher(
                        "createClientLog",
                        env -> clientMutations.addLog(
                                env.getArgument("clientId"), env.getArgument("pianoId"), input(env))));
    }

    private static Map.Entry<String, DataFetcher<?>> fetcher(String name, DataFetcher<?> fetcher) {
        return Map.entry(name, fetcher);
    }

    private static Map<String, Object> input(DataFetchingEnvironment env) {
        return env.getArgumentOrDefault("input", Map.of());
    }

    private static String id(DataFetchingEnvironment env) {
        return env.getArgument("id");
    }

    private static String eventId(DataFetchingEnvironment env) {
        return env.getArgument("eventId");
    }
}
