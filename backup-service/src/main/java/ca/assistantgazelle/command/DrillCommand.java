package ca.assistantgazelle.command;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.restore.Drill;
import ca.assistantgazelle.restore.Restore;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** L3: a restore that nobody needs. */
@Command(
    name = "drill",
    description = "Restores a backup into a scratch database, compares it, and drops it again.",
    mixinStandardHelpOptions = true)
final class DrillCommand extends PlacedCommand {
  @Option(
      names = "--from",
      paramLabel = "BACKUP",
      defaultValue = "latest-verified",
      description = "an id, latest, latest-verified (when left out), or before:INSTANT")
  private String from;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "instead of BACKUP_DRILL_URL: postgresql://user@host:port")
  private String server;

  @Override
  ExitCode run(Place where) throws Exception {
    var identities = where.identities();
    var copy = Place.chosen(where.reachableCopies(this::say), from).getFirst();
    var setup = where.setup();
    var scratch =
        server == null
            ? setup
                .drillServer()
                .orElseThrow(
                    () ->
                        new BackupException(
                            Cause.RESTORE_REFUSED,
                            "No server for the scratch database.",
                            "Name one: --server postgresql://user@host:port, or BACKUP_DRILL_URL."))
            : where.typed().database(server);
    var clock = Clock.systemUTC();
    var restore = new Restore(copy.shelf().destination(), identities, clock, this::say);
    var result = new Drill(restore, scratch, clock, this::say).run(copy.backup());
    copy.shelf()
        .noteCheck(
            copy.backup().folder(), "L3", clock.instant(), result.seconds(), result.differences());
    result.differences().forEach(line -> say("DIFFERENT  " + line));
    say(
        result.differences().isEmpty()
            ? copy.backup().id() + " was restored in " + result.seconds() + " s and is equal."
            : copy.backup().id() + " was restored and is NOT equal.");
    answer(
        Map.of(
            "backup_id",
            copy.backup().id(),
            "equal",
            result.differences().isEmpty(),
            "differences",
            result.differences(),
            "seconds",
            result.took().toMillis() / 1_000.0));
    return result.differences().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }
}
