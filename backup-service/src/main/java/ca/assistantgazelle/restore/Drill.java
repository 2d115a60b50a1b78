package ca.assistantgazelle.restore;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Source;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * L3: the backup is restored into a scratch database and compared with what its manifest says. How
 * long that takes is the time that a real restore takes, less the looking for the keys.
 */
public final class Drill {
  private static final String PREFIX = "drill_";
  private static final Pattern NAME = Pattern.compile("drill_\\d{8}T\\d{6}Z-[0-9a-f]{6}");
  private static final Duration INSPECTION = Duration.ofHours(24);

  private final Restore restore;
  private final Source server;
  private final Clock clock;
  private final Consumer<String> log;

  /**
   * @param server where scratch databases may be made
   */
  public Drill(Restore restore, Source server, Clock clock, Consumer<String> log) {
    this.restore = restore;
    this.server = server;
    this.clock = clock;
    this.log = log;
  }

  /**
   * How it went.
   *
   * @param differences empty = equal
   */
  public record Result(List<String> differences, Duration took) {
    /** In begun seconds. */
    public long seconds() {
      return Math.ceilDiv(took.toMillis(), 1_000);
    }
  }

  /**
   * A scratch database that is equal is dropped at once; one that is not is kept for a day.
   *
   * @throws BackupException when nothing can be said, because the scratch server lacks something
   */
  public Result run(StoredBackup backup) throws IOException, InterruptedException {
    var scratch = new TargetServer(server);
    dropOld(scratch);
    var name = PREFIX + backup.id();
    requireUnused(scratch, name);
    scratch.drop(name);
    Restore.Report report;
    try {
      report =
          restore.run(
              backup,
              new RestoreRequest(server.database(name), List.of(), null, false, null, false));
    } catch (BackupException e) {
      throw e.why() == Cause.RESTORE_REFUSED
          ? new BackupException(
              Cause.DRILL_INCONCLUSIVE,
              "Nothing was rehearsed: " + e.getMessage(),
              e.suggestion(),
              e)
          : e;
    }
    if (report.differences().isEmpty()) {
      scratch.drop(name);
    } else {
      log.accept(name + " on " + scratch + " is kept for a day");
    }
    return new Result(report.differences(), report.took());
  }

  // Another process may be at it.
  private void requireUnused(TargetServer scratch, String name) throws BackupException {
    for (var database : scratch.commented(name)) {
      var comment = String.valueOf(database[1]);
      if (comment.contains(" under way, ")
          && !Comments.isOlderThan(comment, INSPECTION, clock.instant())) {
        throw new BackupException(
            Cause.DRILL_INCONCLUSIVE,
            "Nothing was rehearsed: " + name + " on " + scratch + " is being filled already.",
            "Wait for the other rehearsal, or drop that database.");
      }
    }
  }

  // Only what a rehearsal of ours left there.
  private void dropOld(TargetServer scratch) throws BackupException {
    for (var database : scratch.commented(PREFIX)) {
      if (NAME.matcher(database[0]).matches()
          && Comments.isOlderThan(database[1], INSPECTION, clock.instant())) {
        scratch.drop(database[0]);
      }
    }
  }
}
