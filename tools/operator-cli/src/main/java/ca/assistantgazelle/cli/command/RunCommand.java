package ca.assistantgazelle.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Runs a job now.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 success, 1 the run failed, 2 usage, 3 scheduler unreachable, 4 not allowed, 5 no such job,",
            "6 the job is already running, 7 --timeout expired, the run continues."
        })
final class RunCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private RunLauncher launch;

    @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
    private String job;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "a parameter of the job, for example -p mode=full; a value may be JSON")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        return launch.launch(connection, job, parameters.isEmpty() ? null : body());
    }

    private ObjectNode body() {
        var body = JSON.createObjectNode();
        parameters.forEach((name, value) -> body.set(name, parseValue(value)));
        return body;
    }

    /** Parses the text as JSON (true, 3, ["a"]); anything else is a string. */
    private static JsonNode parseValue(String text) {
        try {
            var value = JSON.readTree(text);
            return value == null || value.isMissingNode()
                    ? JSON.getNodeFactory().textNode(text)
                    : value;
        } catch (JsonProcessingException notJson) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
