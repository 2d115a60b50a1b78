package ca.assistantgazelle.operator.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pause",
    description = "Keeps a job's planned runs from starting; runs by hand go on.",
    mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private Connection connection;

  @Parameters(paramLabel = "JOB", description = "for example sync_gazelle_2h")
  private String job;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; it stands on every run that does not take place")
  private String reason;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "when it ends by itself: a date (Montréal) or an instant")
  private String until;

  @Option(names = "--dry-run", description = "check everything, change nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    var body = JSON.createObjectNode().put("reason", reason);
    if (until != null) {
      body.put("until", until);
    }
    var answer =
        connection
            .api()
            .post("/api/scheduler/jobs/" + job + "/pause" + (dryRun ? "?dry_run=true" : ""), body);
    connection.show(
        answer,
        dryRun
            ? "Would pause " + job + ". Nothing was changed."
            : job + " is paused. It goes on with: ./gazelle resume " + job);
    return 0;
  }
}
