package ca.assistantgazelle.nightly;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.inventory.Inventory;
import ca.assistantgazelle.inventory.Scan;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.retention.Pruning;
import ca.assistantgazelle.setup.Setup;
import ca.assistantgazelle.workshop.Workbench;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks through what lies at the destinations, and removes what is old. */
final class Upkeep {
  private final Workbench bench;
  private final Setup setup;
  private final Seal seal;
  private final Outcome outcome;
  private final Signals signals;
  private final Clock clock;
  private final Map<String, Scan> scans = new LinkedHashMap<>();

  Upkeep(Workbench bench, Setup setup, Seal seal, Outcome outcome, Signals signals, Clock clock) {
    this.bench = bench;
    this.setup = setup;
    this.seal = seal;
    this.outcome = outcome;
    this.signals = signals;
    this.clock = clock;
  }

  /** Compares every destination with what the database remembers; what is wrong is a warning. */
  void scan(List<Destination> destinations) throws InterruptedIOException {
    var problems = new ArrayList<String>();
    for (var destination : destinations) {
      try {
        var shelf = new Shelf(destination, seal);
        var backups = shelf.list();
        var scan =
            bench.write(
                transaction ->
                    Scan.compared(destination.name(), backups, transaction, clock.instant()));
        scans.put(destination.name(), scan);
        problems.addAll(scan.problems());
        signals.orphans(destination.name(), shelf.debris().size());
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        problems.add(destination.name() + " could not be looked through: " + e.getMessage());
      }
    }
    for (var problem : problems) {
      bench.log().warn("%s", problem);
      outcome.warn(problem);
    }
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

  /**
   * Only where tonight's backup arrived, and only what the policy lets go.
   *
   * @throws BackupException when a destination could not be asked
   */
  void prune(List<Destination> published) throws IOException {
    var policy = setup.retention();
    int removed = 0;
    int pending = 0;
    int debris = 0;
    var plans = new LinkedHashMap<String, Object>();
    for (var destination : published) {
      var scan = scans.get(destination.name());
      if (scan == null) {
        throw new BackupException(
            Cause.STORE_READ,
            destination.name() + " could not be looked through; nothing was removed there.",
            "Look at the destination; tonight's backup is verified there.");
      }
      var pruning = new Pruning(new Shelf(destination, seal), policy, clock.instant());
      var plan = pruning.plan(scan.backups());
      if (plan.fuse() != null) {
        var warning =
            destination.name()
                + ": retention was not carried out, "
                + plan.fuse()
                + "; look at it with ./gazelle backup retention, and apply it with --plan "
                + plan.hash();
        bench.log().warn("%s", warning);
        outcome.warn(warning);
        plans.put(destination.name(), plan.hash());
        continue;
      }
      var done = pruning.apply(plan, scan.backups());
      remember(destination, done);
      removed += done.removed().size();
      pending += done.pending().size();
      debris += pruning.clear();
      signals.pending(destination.name(), done.pending().size(), scan.problems().size());
    }
    outcome.removed(removed, pending, debris);
    if (!plans.isEmpty()) {
      outcome.detail("retention_plans", plans);
    }
  }

  private void remember(Destination destination, Pruning.Pruned done) {
    bench.write(
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
              var warning = destination.name() + ": " + id + " could not be removed: " + words;
              bench.log().warn("%s", warning);
              outcome.warn(warning);
            });
  }
}
