package ca.assistantgazelle.operator.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = "Lets a paused job's planned runs start again.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private Connection connection;

  @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
  private String job;

  @Option(
      names = "--catch-up",
      paramLabel = "none|last|all",
      defaultValue = "none",
      description = "what runs of what the pause kept from running (default: ${DEFAULT-VALUE})")
  private String catchUp;

  @Option(names = "--dry-run", description = "check everything, change nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    var answer =
        connection
            .api()
            .post(
                "/api/scheduler/jobs/" + job + "/resume" + (dryRun ? "?dry_run=true" : ""),
                JSON.createObjectNode().put("catch_up", catchUp));
    connection.show(
        answer,
        dryRun
            ? "Would resume " + job + ". Nothing was changed."
            : job + " goes on; runs caught up: " + answer.path("caught_up").asInt() + ".");
    return 0;
  }
}
