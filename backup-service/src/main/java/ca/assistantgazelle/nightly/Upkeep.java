package ca.assistantgazelle.nightly;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.dump.Backup;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.inventory.Found;
import ca.assistantgazelle.inventory.Inventory;
import ca.assistantgazelle.inventory.Scan;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.retention.Pruning;
import ca.assistantgazelle.setup.Setup;
import ca.assistantgazelle.worker.execution.JobContext;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks through what lies at the destinations, and removes what is old. */
final class Upkeep {
  private final JobContext context;
  private final Setup setup;
  private final Seal seal;
  private final Outcome outcome;
  private final Signals signals;
  private final Clock clock;
  private final String database;
  private int removed;
  private int pending;
  private int debris;
  private final Map<String, Scan> scans = new LinkedHashMap<>();

  /**
   * @param database whose backups it is about
   */
  Upkeep(
      JobContext context,
      Setup setup,
      Seal seal,
      String database,
      Outcome outcome,
      Signals signals,
      Clock clock) {
    this.database = database;
    this.context = context;
    this.setup = setup;
    this.seal = seal;
    this.outcome = outcome;
    this.signals = signals;
    this.clock = clock;
  }

  /** Compares every destination with what the database remembers; what is wrong is a warning. */
  void scan(List<Destination> destinations) {
    var problems = new ArrayList<String>();
    for (var destination : destinations) {
      try {
        problems.addAll(scan(destination));
      } catch (IOException e) {
        problems.add(destination.name() + " could not be looked through: " + e.getMessage());
      }
    }
    problems.forEach(this::warn);
    if (!problems.isEmpty()) {
      outcome.detail("damaged", problems.size());
    }
  }

  /** What is odd about tonight's beside the newest good one before it. */
  List<String> oddities(Manifest tonight) {
    var before =
        scans.values().stream()
            .flatMap(scan -> scan.backups().stream())
            .filter(one -> one.isVerified() && one.takenAt().isBefore(tonight.snapshot().takenAt()))
            .max(Comparator.comparing(StoredBackup::takenAt))
            .map(StoredBackup::manifest)
            .orElse(null);
    return Comparison.oddities(before, tonight);
  }

  private List<String> scan(Destination destination) throws IOException {
    var shelf = shelf(destination);
    var found = new Found(destination.name(), shelf.list(), shelf.debris(), shelf.removals());
    var scan = context.write(transaction -> Scan.compared(found, transaction, clock.instant()));
    shelf.forgetRemovals(found.removals());
    scans.put(destination.name(), scan);
    signals.orphans(destination.name(), found.debris().size());
    return scan.problems();
  }

  private Shelf shelf(Destination destination) {
    return new Shelf(destination, seal).of(database);
  }

  /**
   * Tonight's must be where it was published: a place that does not list it does not keep it.
   *
   * @throws BackupException naming the place
   */
  void requireListed(Backup.Outcome done) throws BackupException {
    for (var destination : done.published()) {
      var scan = scans.get(destination.name());
      boolean listed =
          scan != null
              && scan.backups().stream()
                  .anyMatch(one -> one.id().equals(done.manifest().id()) && one.isVerified());
      if (!listed) {
        throw new BackupException(
            Cause.PUBLISH,
            destination.name()
                + " does not list "
                + done.manifest().id()
                + ", although it was published and read back there.",
            "Do not trust this destination before somebody looked at it.");
      }
    }
  }

  /** Only where tonight's backup arrived, and only what the policy lets go. */
  void prune(List<Destination> published) throws BackupException {
    var policy = setup.retention();
    for (var destination : published) {
      try {
        prune(new Pruning(shelf(destination), policy, clock.instant()), destination);
      } catch (IOException e) {
        warn(destination.name() + ": retention was not carried out: " + e.getMessage());
      }
    }
    outcome.removed(removed, pending, debris);
  }

  private void prune(Pruning pruning, Destination destination) throws IOException {
    var scan = scans.get(destination.name());
    var plan = pruning.plan(scan.backups());
    if (plan.fuse() != null) {
      warn(
          destination.name()
              + ": retention was not carried out, "
              + plan.fuse()
              + "; look at it with ./gazelle backup retention, and apply it with --plan "
              + pruning.hash(plan));
      return;
    }
    var done = pruning.apply(plan, scan.backups());
    remember(destination, done);
    removed += done.removed().size();
    pending += done.pending().size();
    signals.pending(destination.name(), done.pending().size(), scan.problems().size());
    debris += pruning.clear();
  }

  private void warn(String warning) {
    context.log().warn("%s", warning);
    outcome.warn(warning);
  }

  private void remember(Destination destination, Pruning.Pruned done) {
    context.write(
        transaction -> {
          for (var id : done.removed()) {
            Inventory.mark(
                transaction, id, destination.name(), "DELETED", "retention", clock.instant());
          }
          done.pending()
              .forEach(
                  (id, words) ->
                      Inventory.mark(
                          transaction,
                          id,
                          destination.name(),
                          "DELETE_PENDING",
                          words,
                          clock.instant()));
          return null;
        });
    done.pending()
        .forEach(
            (id, words) -> {
              warn(destination.name() + ": " + id + " could not be removed: " + words);
            });
  }
}
