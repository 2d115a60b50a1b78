package ca.assistantgazelle.sync;

import ca.assistantgazelle.appointments.Appointments;
import ca.assistantgazelle.clients.Clients;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.mirror.Quarantine;
import ca.assistantgazelle.mirror.Tallies;
import ca.assistantgazelle.pianos.Pianos;
import ca.assistantgazelle.products.Products;
import ca.assistantgazelle.scan.Entity;
import ca.assistantgazelle.scan.Headway;
import ca.assistantgazelle.scan.ListedEntity;
import ca.assistantgazelle.scan.Parents;
import ca.assistantgazelle.scan.Scan;
import ca.assistantgazelle.scan.ScanContext;
import ca.assistantgazelle.scan.ScanMode;
import ca.assistantgazelle.scan.Watermarks;
import ca.assistantgazelle.scan.Window;
import ca.assistantgazelle.staff.Staff;
import ca.assistantgazelle.timeline.Timeline;
import ca.assistantgazelle.understanding.UnderstoodNotes;
import ca.assistantgazelle.workshop.JobCode;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.Workbench;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gazelle → PostgreSQL. All kinds of records are read side by side; each is stored once those it
 * refers to are.
 */
@Singleton
final class SyncJob implements JobCode {
  private static final String NOTES = "notes";
  private static final String[] SCANNED = {
    Clients.NAME, Pianos.NAME, Appointments.NAME, Timeline.NAME
  };

  private final GazelleClient gazelle;
  private final MirrorWriter writer;
  private final Quarantine quarantine;
  private final Scan scan;
  private final Watermarks watermarks;
  private final Clients clients;
  private final Pianos pianos;
  private final Appointments appointments;
  private final Timeline timeline;

  SyncJob(
      GazelleClient gazelle,
      MirrorWriter writer,
      Quarantine quarantine,
      Scan scan,
      Watermarks watermarks,
      Clients clients,
      Pianos pianos,
      Appointments appointments,
      Timeline timeline) {
    this.gazelle = gazelle;
    this.writer = writer;
    this.quarantine = quarantine;
    this.scan = scan;
    this.watermarks = watermarks;
    this.clients = clients;
    this.pianos = pianos;
    this.appointments = appointments;
    this.timeline = timeline;
  }

  /** What one run shares among its lanes. */
  private record Session(
      Workbench bench, ScanMode mode, Window window, Headway headway, Map<String, Tallies> lanes) {
    ScanContext context(String lane) {
      return new ScanContext(bench, window, lanes.get(lane), headway);
    }
  }

  @Override
  public Set<String> jobs() {
    return Set.of("sync_gazelle_2h");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException, InterruptedException {
    var mode = mode(bench);
    var session =
        new Session(
            bench,
            mode,
            Window.of(mode, bench.trigger().scheduledFor()),
            new Headway(bench),
            new LinkedHashMap<>());
    long requestsBefore = gazelle.requests();
    var failures = lanes(session).run();
    var result = result(session, gazelle.requests() - requestsBefore);
    if (!failures.isEmpty()) {
      throw new JobFailedException(
          Failure.of(failures), result, failures.values().iterator().next());
    }
    scan.forget(session.context(Clients.NAME));
    requireEverythingAccountedFor(result);
    quarantine.measure(bench.read());
    return result;
  }

  private Lanes lanes(Session session) {
    var lanes = new Lanes();
    listed(lanes, session, Staff.NAME, Staff.entity());
    listed(lanes, session, Products.NAME, Products.entity());
    scanned(lanes, session, clients, List.of());
    scanned(lanes, session, pianos, List.of(Clients.NAME));
    scanned(lanes, session, appointments, List.of(Clients.NAME));
    // In a database of the former system, entries refer to pianos and staff.
    scanned(lanes, session, timeline, List.of(Staff.NAME, Pianos.NAME));
    lanes.add(NOTES, List.of(Timeline.NAME), parents -> understand(session.bench(), parents));
    return lanes;
  }

  private static void understand(Workbench bench, Parents parents) throws InterruptedException {
    parents.await();
    if (Boolean.TRUE.equals(bench.trigger().parameters().get("recompute_notes"))) {
      UnderstoodNotes.outdateAll(bench);
    }
    UnderstoodNotes.bringUpToDate(bench);
  }

  private void listed(Lanes lanes, Session session, String name, ListedEntity<?> entity) {
    session.lanes().put(name, new Tallies());
    lanes.add(name, List.of(), parents -> entity.run(gazelle, writer, session.context(name)));
  }

  private void scanned(Lanes lanes, Session session, Entity entity, List<String> after) {
    session.lanes().put(entity.name(), new Tallies());
    lanes.add(
        entity.name(),
        after,
        parents -> {
          var context = session.context(entity.name());
          scan.run(entity, context, parents);
          moveWatermark(entity, context, session.mode());
        });
  }

  /** The first sync of a database reads everything, whatever was asked for. Source: design §8. */
  private ScanMode mode(Workbench bench) {
    var asked =
        ScanMode.valueOf(
            String.valueOf(bench.trigger().parameters().getOrDefault("mode", "partial"))
                .toUpperCase(Locale.ROOT));
    if (asked == ScanMode.PARTIAL && !watermarks.everythingWasRead(bench.read(), SCANNED)) {
      bench.log().info("nothing was ever read whole here: mode full instead of partial");
      return ScanMode.FULL;
    }
    return asked;
  }

  private void moveWatermark(Entity entity, ScanContext context, ScanMode mode) {
    context
        .bench()
        .write(
            transaction -> {
              watermarks.move(
                  transaction,
                  entity.name(),
                  context.bench().trigger().scheduledFor(),
                  mode,
                  context.runId());
              return null;
            });
  }

  private static void requireEverythingAccountedFor(JobResult result) throws JobFailedException {
    var all = new Tallies(result.counts());
    for (var entity : result.counts().keySet()) {
      long unaccounted = all.of(entity).unaccounted();
      if (unaccounted != 0) {
        throw new JobFailedException(
            new RunError(
                "SYNC_UNACCOUNTED",
                false,
                unaccounted + " rows of " + entity + " were neither stored nor quarantined.",
                "This is a defect: report it with the run's id."),
            result,
            null);
      }
    }
  }

  private static JobResult result(Session session, long requests) {
    var all = new Tallies();
    session.lanes().values().forEach(all::add);
    long quarantined =
        all.counts().values().stream().mapToLong(counts -> counts.get("quarantined")).sum();
    return new JobResult(
        all.counts(),
        Map.of("mode", session.mode().word(), "quarantined", quarantined, "requests", requests));
  }
}
