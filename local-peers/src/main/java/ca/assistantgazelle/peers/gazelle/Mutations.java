package ca.assistantgazelle.peers.gazelle;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Map;

/** The mutations of reference/gazelle.md §4; any other one of the SDL says that it is not there. */
final class Mutations {
  private final Calendar calendar;
  private final Instruments instruments;
  private final Clientele clientele;

  Mutations(Records records, Behaviour behaviour) {
    this.instruments = new Instruments(records);
    this.calendar = new Calendar(records, behaviour, instruments);
    this.clientele = new Clientele(records, instruments);
  }

  TypeRuntimeWiring.Builder wire(TypeRuntimeWiring.Builder type) {
    fetchers().forEach(type::dataFetcher);
    return type.defaultDataFetcher(
        env -> {
          throw new IllegalStateException(
              "the emulator does not have the mutation " + env.getField().getName());
        });
  }

  private Map<String, DataFetcher<?>> fetchers() {
    return Map.ofEntries(
        one("createEvent", env -> calendar.create(input(env))),
        one("updateEvent", env -> calendar.update(id(env), input(env))),
        one("completeEvent", env -> calendar.complete(eventId(env), input(env))),
        one("uncompleteEvent", env -> calendar.status(id(env), "ACTIVE")),
        one("cancelEvent", env -> calendar.cancel(eventId(env))),
        one("uncancelEvent", env -> calendar.status(eventId(env), "ACTIVE")),
        one("confirmEvent", env -> calendar.confirm(id(env))),
        one("unconfirmEvent", env -> calendar.unconfirm(id(env))),
        one("deleteEvent", env -> calendar.delete(id(env))),
        one("updateEventCancelNotice", env -> calendar.acknowledge(id(env), input(env))),
        one("createPiano", env -> instruments.create(input(env))),
        one("updatePiano", env -> instruments.update(id(env), input(env))),
        one("deletePiano", env -> instruments.delete(id(env))),
        one("mergePianos", env -> instruments.merge(input(env))),
        one("createPianoMeasurement", env -> instruments.createMeasurement(input(env))),
        one("createClient", env -> clientele.create(input(env), id(env))),
        one("updateClient", env -> clientele.update(id(env), input(env))),
        one("deleteClient", env -> clientele.delete(id(env))),
        one("mergeClients", env -> clientele.merge(input(env))),
        one(
            "createClientLog",
            env ->
                clientele.log(
                    env.getArgument("clientId"), env.getArgument("pianoId"), input(env))));
  }

  private static Map.Entry<String, DataFetcher<?>> one(String name, DataFetcher<?> fetcher) {
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
