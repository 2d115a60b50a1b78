package ca.assistantgazelle.nightly;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.dump.Backup;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.inventory.Inventory;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.restore.Drill;
import ca.assistantgazelle.restore.Restore;
import ca.assistantgazelle.setup.Setup;
import ca.assistantgazelle.worker.execution.JobContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Once a week, or when somebody asks, tonight's backup is restored and compared. */
final class Rehearsal {
  /** A night less than a week, so that a week's last night does not slip into the next. */
  private static final Duration WEEK = Duration.ofHours(6 * 24 + 12);

  private final JobContext context;
  private final Setup setup;
  private final Seal seal;
  private final Outcome outcome;
  private final Signals signals;
  private final Clock clock;

  Rehearsal(
      JobContext context, Setup setup, Seal seal, Outcome outcome, Signals signals, Clock clock) {
    this.context = context;
    this.setup = setup;
    this.seal = seal;
    this.outcome = outcome;
    this.signals = signals;
    this.clock = clock;
  }

  /**
   * @throws BackupException when the restored database differs, or nothing could be rehearsed
   *     although somebody wants it
   */
  void runWhenDue(Backup.Outcome done) throws IOException, InterruptedException {
    boolean asked = Boolean.TRUE.equals(context.trigger().parameters().get("drill"));
    var server = setup.drillServer();
    if (server.isEmpty() || setup.identities().isEmpty()) {
      if (asked) {
        throw new BackupException(
            Cause.DRILL_INCONCLUSIVE,
            "A rehearsal was asked for, but BACKUP_DRILL_URL or BACKUP_IDENTITY_FILE is not set here. The backup itself is verified.",
            "Set both, or rehearse where the private key is: ./gazelle backup drill.");
      }
      outcome.detail("rehearsal", "not here: BACKUP_DRILL_URL or BACKUP_IDENTITY_FILE is not set");
      return;
    }
    var last = Inventory.lastRehearsal(context.read());
    if (asked || last.isEmpty() || last.get().isBefore(clock.instant().minus(WEEK))) {
      rehearse(done, server.get());
    }
  }

  private void rehearse(Backup.Outcome done, Source server)
      throws IOException, InterruptedException {
    var destination = done.published().getFirst();
    context.log().info("rehearsing a restore from %s", destination.name());
    var shelf = new Shelf(destination, seal);
    var backup = find(shelf, done.manifest().id());
    var restore =
        new Restore(destination, setup.identities(), clock, line -> context.log().info("%s", line));
    var result =
        new Drill(restore, server, clock, line -> context.log().warn("%s", line)).run(backup);
    shelf.noteCheck(backup.folder(), "L3", clock.instant(), result.seconds(), result.differences());
    remember(destination, find(shelf, backup.id()));
    outcome.detail("rehearsal", result.differences().isEmpty() ? "equal" : "DIFFERENT");
    outcome.detail("rehearsal_seconds", result.took().toMillis() / 1_000.0);
    if (!result.differences().isEmpty()) {
      throw new BackupException(
          Cause.DRILL_DIFFERENT,
          "Restored, "
              + backup.id()
              + " is not equal to its manifest: "
              + String.join("; ", result.differences()),
          "Look at the scratch database, which is kept for a day; earlier backups are untouched.");
    }
    signals.rehearsed(result.seconds());
    signals.verified("L3", clock.instant());
  }

  private void remember(Destination destination, StoredBackup backup) {
    context.write(
        transaction -> {
          Inventory.found(transaction, destination.name(), backup, clock.instant());
          return null;
        });
  }

  private static StoredBackup find(Shelf shelf, String id) throws IOException {
    return shelf.list().stream()
        .filter(backup -> backup.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    Cause.RESTORE_MISSING,
                    id + " is not at " + shelf.destination().name() + " any more.",
                    "Look at who else writes there."));
  }
}
