package ca.assistantgazelle.runner.command;

import ca.assistantgazelle.cli.client.SchedulerApiException;
import ca.assistantgazelle.cli.client.SchedulerClient;
import ca.assistantgazelle.cli.view.OperatorTextViews;
import ca.assistantgazelle.runner.plan.LocalSystemState;
import ca.assistantgazelle.runner.plan.StateDirectory;
import ca.assistantgazelle.runner.process.ReadinessProbe;
import ca.assistantgazelle.runner.process.RunnerConsole;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the state of the local system. */
@Command(
        name = "status",
        description = "Shows the running system. Exit code 3 if nothing is running, 1 if a service is not ready.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--json", description = "JSON with addresses, passwords and tokens, for scripts.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        var console = new RunnerConsole(System.out);
        var known = LocalSystemState.read(StateDirectory.of(GazelleCommand.repository()));
        if (known.isPresent()
                && !known.get().hasRunningSupervisor()
                && !known.get().survivingProcesses().isEmpty()) {
            console.printLine(
                    json
                            ? "{\"running\": false, \"left\": "
                                    + known.get().survivingProcesses().size() + "}"
                            : "The supervisor has ended, but "
                                    + known.get().survivingProcesses().size()
                                    + " of its processes are still running. Stop them with ./gazelle down");
            return 1;
        }
        var state = known.filter(LocalSystemState::hasRunningSupervisor);
        if (state.isEmpty()) {
            console.printLine(json ? "{\"running\": false}" : "Nothing is running. Start the system with ./gazelle up");
            return 3;
        }
        var view = state.get().view();
        boolean ready = fillInReadiness(services(view));
        view.put("running", true);
        if (json) {
            console.printLine(JSON.writeValueAsString(view));
        } else {
            print(console, view, ready);
        }
        return ready ? 0 : 1;
    }

    private static void print(RunnerConsole console, Map<String, Object> view, boolean ready) {
        console.printLine("gateway            " + view.get("gateway"));
        for (var peer : List.of("postgresql", "kafka", "gazelle")) {
            console.printLine("%-18s %s".formatted(peer, address((Map<?, ?>) view.get(peer))));
        }
        services(view)
                .forEach((name, service) -> console.printLine("%-18s %s  %s"
                        .formatted(
                                name,
                                service.get("url"),
                                Boolean.TRUE.equals(service.get("ready"))
                                        ? "ready"
                                        : "NOT READY, see ./gazelle logs " + name)));
        if (ready) {
            console.printLine("");
            console.printLine(jobs((String) view.get("gateway")));
        }
    }

    private static String jobs(String gateway) {
        try {
            return OperatorTextViews.jobs(new SchedulerClient(gateway, null).get("/api/scheduler/status"));
        } catch (SchedulerApiException e) {
            return e.getMessage();
        }
    }

    private static String address(Map<?, ?> peer) {
        return peer.containsKey("host")
                ? peer.get("host") + ":" + peer.get("port")
                : String.valueOf(peer.containsKey("url") ? peer.get("url") : peer.get("bootstrap_servers"));
    }

    private static boolean fillInReadiness(Map<String, Map<String, Object>> services) {
        boolean all = true;
        for (var service : services.values()) {
            boolean ready = ReadinessProbe.isReady((String) service.get("url"));
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
