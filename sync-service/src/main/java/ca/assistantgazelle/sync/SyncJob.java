package ca.assistantgazelle.sync;

import ca.assistantgazelle.appointments.Appointments;
import ca.assistantgazelle.clients.Clients;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.gazelle.GazelleClient;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.MassLossException;
import ca.assistantgazelle.mirror.MirrorWriter;
import ca.assistantgazelle.pianos.Pianos;
import ca.assistantgazelle.products.Products;
import ca.assistantgazelle.scan.Entity;
import ca.assistantgazelle.scan.Scan;
import ca.assistantgazelle.scan.ScanContext;
import ca.assistantgazelle.scan.ScanMode;
import ca.assistantgazelle.scan.Watermarks;
import ca.assistantgazelle.scan.Window;
import ca.assistantgazelle.staff.Staff;
import ca.assistantgazelle.timeline.Timeline;
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

/** Gazelle → PostgreSQL, in the order in which the tables refer to each other. */
@Singleton
final class SyncJob implements JobCode {
  private static final String[] SCANNED = {
    Clients.NAME, Pianos.NAME, Appointments.NAME, Timeline.NAME
  };

  private final GazelleClient gazelle;
  private final MirrorWriter writer;
  private final Scan scan;
  private final Watermarks watermarks;
  private final List<Entity> entities;

  SyncJob(
      GazelleClient gazelle,
      MirrorWriter writer,
      Scan scan,
      Watermarks watermarks,
      Clients clients,
      Pianos pianos,
      Appointments appointments,
      Timeline timeline) {
    this.gazelle = gazelle;
    this.writer = writer;
    this.scan = scan;
    this.watermarks = watermarks;
    this.entities = List.of(clients, pianos, appointments, timeline);
  }

  @Override
  public Set<String> jobs() {
    return Set.of("sync_gazelle_2h");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException, InterruptedException {
    var mode = mode(bench);
    var context = ScanContext.of(bench, Window.of(mode, bench.trigger().scheduledFor()));
    try {
      Staff.entity().run(gazelle, writer, context);
      Products.entity().run(gazelle, writer, context);
      for (var entity : entities) {
        scan.run(entity, context);
        moveWatermark(entity, context, mode);
      }
      scan.forget(context);
    } catch (GazelleException e) {
      throw new JobFailedException(e.error(), result(context, mode), e);
    } catch (MassLossException e) {
      throw new JobFailedException(e.error(), result(context, mode), e);
    }
    requireEverythingAccountedFor(context, mode);
    return result(context, mode);
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

  private static void requireEverythingAccountedFor(ScanContext context, ScanMode mode)
      throws JobFailedException {
    for (var tally : context.tallies().entrySet()) {
      if (tally.getValue().unaccounted() != 0) {
        throw new JobFailedException(
            new RunError(
                "SYNC_UNACCOUNTED",
                false,
                tally.getValue().unaccounted()
                    + " rows of "
                    + tally.getKey()
                    + " were neither stored nor quarantined.",
                "This is a defect: report it with the run's id."),
            result(context, mode),
            null);
      }
    }
  }

  private static JobResult result(ScanContext context, ScanMode mode) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (var name :
        List.of(
            Staff.NAME,
            Products.NAME,
            Clients.NAME,
            Clients.CONTACTS,
            Pianos.NAME,
            Appointments.NAME,
            Timeline.NAME)) {
      if (context.tallies().containsKey(name)) {
        counts.put(name, context.tally(name).counts());
      }
    }
    long quarantined =
        context.tallies().values().stream().mapToLong(tally -> tally.get("quarantined")).sum();
    return new JobResult(counts, Map.of("mode", mode.word(), "quarantined", quarantined));
  }
}
