package ca.assistantgazelle.sync.job;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.sync.appointment.AppointmentSyncSource;
import ca.assistantgazelle.sync.client.ClientSyncSource;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.mirror.MirrorWriter;
import ca.assistantgazelle.sync.mirror.PipelineCounts;
import ca.assistantgazelle.sync.mirror.QuarantineGauge;
import ca.assistantgazelle.sync.piano.PianoSyncSource;
import ca.assistantgazelle.sync.product.ProductSyncSource;
import ca.assistantgazelle.sync.scan.EntityScan;
import ca.assistantgazelle.sync.scan.PagedSyncSource;
import ca.assistantgazelle.sync.scan.ParentBarrier;
import ca.assistantgazelle.sync.scan.ScanContext;
import ca.assistantgazelle.sync.scan.ScanMode;
import ca.assistantgazelle.sync.scan.SyncDateWindow;
import ca.assistantgazelle.sync.scan.SyncProgress;
import ca.assistantgazelle.sync.scan.SyncWatermarks;
import ca.assistantgazelle.sync.scan.UnpagedSyncSource;
import ca.assistantgazelle.sync.timeline.TimelineSyncSource;
import ca.assistantgazelle.sync.user.UserSyncSource;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.noteanalysis.NoteAnalysisUpdater;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Synchronises Gazelle to PostgreSQL. All entities are read concurrently; each is stored after those it refers to. */
@Singleton
final class SyncJob implements JobHandler {
    private static final String NOTE_ANALYSIS = "notes";
    private static final String[] PAGED_ENTITIES = {
        ClientSyncSource.NAME, PianoSyncSource.NAME, AppointmentSyncSource.NAME, TimelineSyncSource.NAME
    };

    private final GazelleGraphQlClient gazelle;
    private final MirrorWriter writer;
    private final QuarantineGauge quarantineGauge;
    private final EntityScan scan;
    private final SyncWatermarks watermarks;
    private final ClientSyncSource clients;
    private final PianoSyncSource pianos;
    private final AppointmentSyncSource appointments;
    private final TimelineSyncSource timeline;

    SyncJob(
            GazelleGraphQlClient gazelle,
            MirrorWriter writer,
            QuarantineGauge quarantineGauge,
            EntityScan scan,
            SyncWatermarks watermarks,
            ClientSyncSource clients,
            PianoSyncSource pianos,
            AppointmentSyncSource appointments,
            TimelineSyncSource timeline) {
        this.gazelle = gazelle;
        this.writer = writer;
        this.quarantineGauge = quarantineGauge;
        this.scan = scan;
        this.watermarks = watermarks;
        this.clients = clients;
        this.pianos = pianos;
        this.appointments = appointments;
        this.timeline = timeline;
    }

    /** State of one run shared by its pipelines. */
    private record SyncSession(
            JobContext jobContext,
            ScanMode mode,
            SyncDateWindow window,
            SyncProgress progress,
            Map<String, PipelineCounts> countsByPipeline) {
        ScanContext context(String pipeline) {
            return new ScanContext(jobContext, window, countsByPipeline.get(pipeline), progress);
        }
    }

    @Override
    public Set<String> jobIds() {
        return Set.of("sync_gazelle_2h");
    }

    @Override
    public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
        var mode = mode(context);
        var session = new SyncSession(
                context,
                mode,
                SyncDateWindow.of(mode, context.trigger().scheduledFor()),
                new SyncProgress(context),
                new LinkedHashMap<>());
        scan.deleteAbandonedState(session.context(ClientSyncSource.NAME));
        long requestsBefore = gazelle.requests();
        var failures = pipelines(session).run();
        var result = result(session, gazelle.requests() - requestsBefore);
        if (!failures.isEmpty()) {
            throw new JobFailedException(
                    SyncFailure.of(failures),
                    result,
                    failures.values().iterator().next());
        }
        scan.deleteResumeState(session.context(ClientSyncSource.NAME));
        requireAllRowsAccountedFor(result);
        quarantineGauge.update();
        return result;
    }

    private EntityPipelines pipelines(SyncSession session) {
        var pipelines = new EntityPipelines();
        addUnpaged(pipelines, session, UserSyncSource.NAME, UserSyncSource.entity());
        addUnpaged(pipelines, session, ProductSyncSource.NAME, ProductSyncSource.entity());
        addPaged(pipelines, session, clients, List.of());
        addPaged(pipelines, session, pianos, List.of(ClientSyncSource.NAME));
        addPaged(pipelines, session, appointments, List.of(ClientSyncSource.NAME));
        // In a database of the former system, timeline entries refer to pianos and users.
        addPaged(pipelines, session, timeline, List.of(UserSyncSource.NAME, PianoSyncSource.NAME));
        pipelines.add(
                NOTE_ANALYSIS,
                List.of(TimelineSyncSource.NAME),
                parents -> analyseNotes(session.jobContext(), parents));
        return pipelines;
    }

    private static void analyseNotes(JobContext context, ParentBarrier parents) throws InterruptedException {
        parents.await();
        if (Boolean.TRUE.equals(context.trigger().parameters().get("recompute_notes"))) {
            NoteAnalysisUpdater.invalidateAll(context);
        }
        NoteAnalysisUpdater.update(context);
    }

    private void addUnpaged(EntityPipelines pipelines, SyncSession session, String name, UnpagedSyncSource<?> entity) {
        session.countsByPipeline().put(name, new PipelineCounts());
        pipelines.add(name, List.of(), parents -> entity.run(gazelle, writer, session.context(name)));
    }

    private void addPaged(EntityPipelines pipelines, SyncSession session, PagedSyncSource entity, List<String> after) {
        session.countsByPipeline().put(entity.name(), new PipelineCounts());
        pipelines.add(entity.name(), after, parents -> {
            var context = session.context(entity.name());
            scan.run(entity, context, parents);
            advanceWatermark(entity, context, session.mode());
        });
    }

    /** The requested mode; the first sync of a database is always full. */
    private ScanMode mode(JobContext context) {
        var asked =
                ScanMode.valueOf(String.valueOf(context.trigger().parameters().getOrDefault("mode", "partial"))
                        .toUpperCase(Locale.ROOT));
        if (asked == ScanMode.PARTIAL && !watermarks.areAllFullySynced(context.read(), PAGED_ENTITIES)) {
            context.log().info("No completed full sync found: using mode full instead of partial");
            return ScanMode.FULL;
        }
        return asked;
    }

    private void advanceWatermark(PagedSyncSource entity, ScanContext context, ScanMode mode) {
        context.jobContext().write(transaction -> {
            watermarks.advance(
                    transaction, entity.name(), context.jobContext().trigger().scheduledFor(), mode, context.runId());
            return null;
        });
    }

    private static void requireAllRowsAccountedFor(JobResult result) throws JobFailedException {
        var all = new PipelineCounts(result.counts());
        for (var entity : result.counts().keySet()) {
            long unaccounted = all.of(entity).unaccounted();
            if (unaccounted != 0) {
                throw new JobFailedException(
                        new RunError(
                                "SYNC_UNACCOUNTED",
                                false,
                                unaccounted + " rows of " + entity + " were neither stored nor quarantined.",
                                "This is a bug: report it with the run id."),
                        result,
                        null);
            }
        }
    }

    private static JobResult result(SyncSession session, long requests) {
        var all = new PipelineCounts();
        session.countsByPipeline().values().forEach(all::add);
        long quarantined = all.asMap().values().stream()
                .mapToLong(counts -> counts.get("quarantined"))
                .sum();
        return new JobResult(
                all.asMap(), Map.of("mode", session.mode().code(), "quarantined", quarantined, "requests", requests));
    }
}
