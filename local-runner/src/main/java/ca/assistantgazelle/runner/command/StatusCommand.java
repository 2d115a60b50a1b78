package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.operator.api.Api;
import ca.assistantgazelle.operator.api.ApiException;
import ca.assistantgazelle.operator.view.Views;
import ca.assistantgazelle.runner.plan.Home;
import ca.assistantgazelle.runner.plan.SystemState;
import ca.assistantgazelle.runner.process.Console;
import ca.assistantgazelle.runner.process.Probe;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what runs. */
@Command(
    name = "status",
    description = "Shows what runs. Exit code 3 when nothing does, 1 when something is not ready.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", description = "Addresses, passwords and tokens too, for scripts.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    var console = new Console(System.out);
    var known = SystemState.read(Home.of(GazelleCommand.repository()));
    if (known.isPresent() && !known.get().stillRuns() && !known.get().survivors().isEmpty()) {
      console.plain(
          json
              ? "{\"running\": false, \"left\": " + known.get().survivors().size() + "}"
              : "The program that watched over it ended, but "
                  + known.get().survivors().size()
                  + " processes are left. End them with ./gazelle down");
      return 1;
    }
    var state = known.filter(SystemState::stillRuns);
    if (state.isEmpty()) {
      console.plain(json ? "{\"running\": false}" : "Nothing runs. Start it with ./gazelle up");
      return 3;
    }
    var view = state.get().view();
    boolean ready = fillIn(services(view));
    view.put("running", true);
    if (json) {
      console.plain(JSON.writeValueAsString(view));
    } else {
      console.plain("gateway            " + view.get("gateway"));
      for (var peer : List.of("postgresql", "kafka", "gazelle")) {
        console.plain("%-18s %s".formatted(peer, address((Map<?, ?>) view.get(peer))));
      }
      services(view)
          .forEach(
              (name, service) ->
                  console.plain(
                      "%-18s %s  %s"
                          .formatted(
                              name,
                              service.get("url"),
                              Boolean.TRUE.equals(service.get("ready"))
                                  ? "ready"
                                  : "NOT READY, see ./gazelle logs " + name)));
      if (ready) {
        console.plain("");
        console.plain(jobs((String) view.get("gateway")));
      }
    }
    return ready ? 0 : 1;
  }

  private static String jobs(String gateway) {
    try {
      return Views.jobs(new Api(gateway, null).get("/api/scheduler/status"));
    } catch (ApiException e) {
      return e.getMessage();
    }
  }

  private static String address(Map<?, ?> peer) {
    return peer.containsKey("host")
        ? peer.get("host") + ":" + peer.get("port")
        : String.valueOf(peer.containsKey("url") ? peer.get("url") : peer.get("bootstrap_servers"));
  }

  private static boolean fillIn(Map<String, Map<String, Object>> services) {
    boolean all = true;
    for (var service : services.values()) {
      boolean ready = Probe.isReady((String) service.get("url"));
      service.put("ready", ready);
      all &= ready;
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> services(Map<String, Object> view) {
    return (Map<String, Map<String, Object>>) view.get("services");
  }
}
