package ca.assistantgazelle.nightly;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.Hosts;
import ca.assistantgazelle.dump.Backup;
import ca.assistantgazelle.dump.Order;
import ca.assistantgazelle.dump.Watcher;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.inventory.Inventory;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.setup.Setup;
import ca.assistantgazelle.worker.execution.JobContext;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One night's work, from the dump to the rehearsal. */
final class Night implements Watcher {
  private final JobContext context;
  private final Setup setup;
  private final Source source;
  private final Seal seal;
  private final Outcome outcome;
  private final Signals signals;
  private final Clock clock;
  private long lastPlainBytes;

  Night(
      JobContext context,
      Setup setup,
      Source source,
      Seal seal,
      Outcome outcome,
      Signals signals,
      Clock clock) {
    this.context = context;
    this.setup = setup;
    this.source = source;
    this.seal = seal;
    this.outcome = outcome;
    this.signals = signals;
    this.clock = clock;
  }

  /**
   * All of it.
   *
   * @throws BackupException when any part was not done; what was done stands in the outcome
   */
  void run() throws IOException, InterruptedException {
    var destinations = setup.destinations();
    try {
      lastPlainBytes = Inventory.lastPlainBytes(context.read());
      warnAboutPlaces(destinations);
      var upkeep = new Upkeep(context, setup, seal, source.database(), outcome, signals, clock);
      var done = backup(destinations, upkeep);
      record(done);
      upkeep.scan(destinations);
      upkeep.requireListed(done);
      upkeep.oddities(done.manifest()).forEach(this::warn);
      upkeep.prune(done.published());
      var rehearsal = new Rehearsal(context, setup, seal, outcome, signals, clock);
      if (done.failures().isEmpty()) {
        rehearsal.runWhenDue(done);
      } else {
        throw partial(done, rehearsal);
      }
    } finally {
      destinations.forEach(Destination::close);
    }
  }

  // Damage to older backups is looked for whatever becomes of tonight's.
  private Backup.Outcome backup(List<Destination> destinations, Upkeep upkeep)
      throws IOException, InterruptedException {
    try {
      return new Backup(order(destinations), seal, this, clock).run();
    } catch (BackupException e) {
      try {
        upkeep.scan(destinations);
      } catch (RuntimeException later) {
        e.addSuppressed(later);
      }
      throw e;
    }
  }

  private Order order(List<Destination> destinations) throws BackupException {
    return new Order(
        source,
        version(),
        context.trigger().runId().toString(),
        reason(),
        setup.excluded(),
        setup.recipients(),
        setup.identities(),
        destinations,
        Inventory.lastStoredBytes(context.read()),
        setup.stall(),
        setup.patience());
  }

  private String reason() {
    var cause = context.trigger().cause();
    return cause == RunCause.SCHEDULED ? "scheduled" : cause.name().toLowerCase(Locale.ROOT);
  }

  private static String version() {
    var version = Night.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  // A copy that burns with the house is none.
  private void warnAboutPlaces(List<Destination> destinations) {
    boolean elsewhere =
        destinations.stream()
            .anyMatch(one -> Hosts.isElsewhere(one.host(), source.host(), source.user()));
    outcome.detail("degraded", !elsewhere);
    if (!elsewhere) {
      warn(
          "DEGRADED: no destination is off the database's own host or project; add one to BACKUP_DESTINATIONS");
    }
  }

  private void warn(String warning) {
    context.log().warn("%s", warning);
    outcome.warn(warning);
  }

  private void record(Backup.Outcome done) {
    var manifest = done.manifest();
    outcome.done(done);
    signals.published(manifest);
    signals.verified(manifest.verification().level(), manifest.verification().at());
    done.published().forEach(one -> signals.succeeded(one.name()));
    done.failures().values().forEach(failure -> signals.failed(failure.why()));
    context
        .log()
        .info(
            "%s: %d tables, %d rows, %d bytes, stored as %d",
            manifest.id(),
            manifest.tables().size(),
            manifest.rows(),
            manifest.archive().plainBytes(),
            manifest.archive().storedBytes());
  }

  // What did arrive is rehearsed like any other night's; the missing copy is what is told.
  private BackupException partial(Backup.Outcome done, Rehearsal rehearsal)
      throws IOException, InterruptedException {
    var partial = partial(done);
    try {
      rehearsal.runWhenDue(done);
    } catch (BackupException e) {
      warn("The rehearsal failed as well: " + e.why().word() + ": " + e.getMessage());
      partial.addSuppressed(e);
    }
    return partial;
  }

  private static BackupException partial(Backup.Outcome done) {
    var words = new StringBuilder();
    for (var failure : done.failures().entrySet()) {
      words
          .append(' ')
          .append(failure.getKey().name())
          .append(": ")
          .append(failure.getValue().why().word())
          .append(": ")
          .append(failure.getValue().getMessage());
    }
    var first = done.failures().values().iterator().next();
    return new BackupException(
        ca.assistantgazelle.failure.Cause.PARTIAL,
        "PARTIAL: "
            + done.manifest().id()
            + " is verified at "
            + done.published().stream().map(Destination::name).toList()
            + ", but not everywhere."
            + words,
        first.suggestion(),
        first);
  }

  @Override
  public void said(String line) {
    context.log().info("%s", line);
  }

  @Override
  public void progress(String phase, long bytes, Map<String, Long> taken) {
    var details = new LinkedHashMap<String, Object>();
    details.put("phase", phase);
    details.put("bytes", bytes);
    if (lastPlainBytes > 0) {
      details.put("bytes_last_time", lastPlainBytes);
      details.put("percent", Math.min(99, 100 * bytes / lastPlainBytes));
    }
    if (!taken.isEmpty()) {
      details.put("taken", taken);
    }
    context.reportProgress(Map.of("backup", Map.of("bytes", bytes)), details);
  }

  /** Under the fence: a process that was frozen and lost its lease stops here. */
  @Override
  public void beforePublishing(Destination destination, Manifest manifest) {
    context.write(
        transaction -> {
          Inventory.stored(
              transaction,
              manifest.id(),
              destination.name(),
              manifest.snapshot().takenAt(),
              context.trigger().runId(),
              clock.instant());
          return null;
        });
  }
}
