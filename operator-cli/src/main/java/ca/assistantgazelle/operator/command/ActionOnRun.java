package ca.assistantgazelle.operator.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb that changes where one run stands. */
abstract class ActionOnRun implements Callable<Integer> {
  private final String verb;

  @Mixin private Connection connection;

  @Parameters(paramLabel = "RUN", description = "a run's id, as ./gazelle runs shows it")
  private String run;

  @Option(names = "--dry-run", description = "check everything, change nothing")
  private boolean dryRun;

  /**
   * @param verb as in the API's path
   */
  ActionOnRun(String verb) {
    this.verb = verb;
  }

  @Override
  public Integer call() {
    var path = "/api/scheduler/runs/" + run + "/" + verb + (dryRun ? "?dry_run=true" : "");
    var answer = connection.api().post(path, null);
    var status = answer.path("status").asText();
    connection.show(
        answer,
        dryRun
            ? "Would " + verb + " run " + run + ", which is " + status + ". Nothing was changed."
            : verb.equals("cancel") && status.equals("running")
                ? "Run " + run + " was told to stop. Follow it with: ./gazelle show " + run
                : "Run " + run + " is " + status + ". Follow it with: ./gazelle show " + run);
    return 0;
  }
}
