package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.sync.gazelle.EndlessPagingGuard;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import ca.assistantgazelle.sync.gazelle.GazelleGraphQlClient;
import ca.assistantgazelle.sync.gazelle.GazellePage;
import ca.assistantgazelle.sync.gazelle.UnreadableRecord;
import ca.assistantgazelle.sync.mirror.RecordQuarantine;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads one entity page by page and stores about a thousand rows per transaction, together with the cursor. Cursors are
 * offsets that shift when records change, so distinct ids are counted and compared with Gazelle's total.
 */
@Singleton
public class EntityScan {
    private static final int PAGE_SIZE = 100;
    private static final int CHUNK_SIZE = 1_000;
    private static final int EXTRA_PASSES = 2;

    private final GazelleGraphQlClient gazelle;
    private final ScanStore store;
    private final DeletionDetector deletionDetector;
    private final RecordQuarantine quarantine;

    EntityScan(
            GazelleGraphQlClient gazelle,
            ScanStore store,
            DeletionDetector disappearances,
            RecordQuarantine quarantine) {
        this.gazelle = gazelle;
        this.store = store;
        this.deletionDetector = disappearances;
        this.quarantine = quarantine;
    }

    /**
     * Reads and stores all records of the entity in the context's window.
     *
     * @throws GazelleException if it cannot be read completely
     * @throws InterruptedException if interrupted
     */
    public void run(PagedSyncSource entity, ScanContext context, ParentBarrier parents) throws InterruptedException {
        var progress = store.load(context.jobContext().read(), context.runId(), entity.name());
        context.counts().restore(progress.counts());
        if (progress.finished()) {
            return;
        }
        var pass = store.pass(context.jobContext().read(), context.runId(), entity.name(), progress);
        if (pass.seen() > 0) {
            context.jobContext()
                    .log()
                    .info("%s: resumed after %d records of an earlier attempt", entity.name(), pass.seen());
        }
        readAllPages(entity, context, parents, progress, pass);
        for (int again = 0; again < EXTRA_PASSES && !pass.isComplete(); again++) {
            context.jobContext()
                    .log()
                    .info(
                            "%s: saw %d of %d records because they changed during the pass; starting another pass",
                            entity.name(), pass.seen(), pass.total());
            pass = pass.next();
            readAllPages(entity, context, parents, ScanProgress.NONE, pass);
        }
        if (!pass.isComplete()) {
            throw GazelleException.incomplete(entity.name(), 1 + EXTRA_PASSES, pass.seen(), pass.total());
        }
        deletionDetector.markMissingRows(entity, context, pass);
        entity.confirmNestedDeletions(context);
        finish(entity, context, pass);
    }

    /** Deletes the data that this run only needed to resume. */
    public void deleteResumeState(ScanContext context) {
        deleteSlices(context, context.runId());
    }

    /** Deletes what runs left behind that have ended or been abandoned, whatever becomes of this one. */
    public void deleteAbandonedState(ScanContext context) {
        for (var run : store.endedRunsWithSeenIds(context.jobContext().read(), context.runId())) {
            deleteSlices(context, run);
        }
    }

    private void deleteSlices(ScanContext context, UUID runId) {
        long deleted = 0;
        for (int slice = 1; slice > 0; deleted += slice) {
            slice = context.jobContext().write(transaction -> store.deleteSeenIds(transaction, runId));
        }
        context.jobContext().log().info("removed %d ids seen by run %s", deleted, runId);
    }

    private void readAllPages(
            PagedSyncSource entity, ScanContext context, ParentBarrier parents, ScanProgress from, ScanPass pass)
            throws InterruptedException {
        var chunk = new ArrayList<JsonNode>();
        int read = from.pages();
        long unreadable = 0;
        var paging = new EndlessPagingGuard();
        var storing = new PipelinedWriter();
        try (var pages = new PagePrefetcher(entity.name(), cursor -> page(entity, context, cursor), from.cursor())) {
            for (var page = pages.next(); page != null; page = pages.next()) {
                pass.totalReported(page.total());
                paging.read(page.nodes().size(), page.total());
                unreadable += page.nodes().stream()
                        .filter(UnreadableRecord::isUnreadable)
                        .count();
                if (unreadable > MassLossGuard.maxTolerated(page.total())) {
                    throw GazelleException.unreadable(entity.name(), unreadable, page.total());
                }
                chunk.addAll(page.nodes());
                read++;
                if (chunk.size() >= CHUNK_SIZE || page.nextCursor() == null) {
                    parents.await();
                    var ready = prepareChunk(entity, context, chunk);
                    var place = new ScanPosition(page.nextCursor(), read);
                    storing.start("storing " + entity.name(), () -> store(entity, context, pass, ready, place));
                    chunk.clear();
                }
            }
        } finally {
            storing.finish();
        }
    }

    private GazellePage page(PagedSyncSource entity, ScanContext context, String cursor) throws InterruptedException {
        var variables = new HashMap<String, Object>(entity.variables(context.window()));
        variables.put("first", PAGE_SIZE);
        if (cursor != null) {
            variables.put("after", cursor);
        }
        return gazelle.page(entity.query(), variables);
    }

    /** Position of a pass after a chunk. */
    private record ScanPosition(String cursor, int pages) {}

    /**
     * A chunk of records, ready to be stored.
     *
     * @param batch the rows of all records
     */
    private record PreparedChunk(Map<String, JsonNode> records, PagedSyncSource.PreparedBatch batch) {}

    private static PreparedChunk prepareChunk(PagedSyncSource entity, ScanContext context, List<JsonNode> chunk)
            throws InterruptedException {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        var complete = entity.completeRecords(context, List.copyOf(chunk));
        for (var node : complete) {
            records.putIfAbsent(key(node), node);
        }
        if (records.size() < complete.size()) {
            context.countsOf(entity.name()).add("repeated", (long) complete.size() - records.size());
        }
        return new PreparedChunk(records, entity.prepare(List.copyOf(records.values())));
    }

    private void store(
            PagedSyncSource entity, ScanContext context, ScanPass pass, PreparedChunk ready, ScanPosition place) {
        var before = context.counts().asMap();
        try {
            pass.recordsSeen(
                    context.jobContext().write(transaction -> store(transaction, entity, context, pass, ready, place)));
        } catch (RuntimeException e) {
            context.counts().restore(before);
            throw e;
        }
        context.progress().report(entity.name(), context.counts(), pass.seen(), pass.total());
    }

    private int store(
            SqlQueries transaction,
            PagedSyncSource entity,
            ScanContext context,
            ScanPass pass,
            PreparedChunk ready,
            ScanPosition place) {
        var seen = store.recordSeen(
                transaction, context.runId(), entity.name(), ready.records().keySet(), pass.number());
        // Rarely, some of the records were stored by another pass or attempt.
        var batch = seen.firstOfRun().size() == ready.records().size()
                ? ready.batch()
                : entity.prepare(
                        seen.firstOfRun().stream().map(ready.records()::get).toList());
        batch.write(transaction, context);
        store.save(
                transaction,
                context.runId(),
                entity.name(),
                ScanProgress.at(
                        place.cursor(), place.pages(), pass, context.counts().asMap()));
        return seen.newInPass();
    }

    private void finish(PagedSyncSource entity, ScanContext context, ScanPass pass) {
        context.jobContext().write(transaction -> {
            if (entity.variables(context.window()).isEmpty()) {
                quarantine.releaseWithoutId(transaction, context.runId(), entity.entityNames());
            }
            store.save(
                    transaction,
                    context.runId(),
                    entity.name(),
                    ScanProgress.at(null, 0, pass, context.counts().asMap()).asFinished());
            return null;
        });
        context.jobContext()
                .log()
                .info(
                        "%s synchronised: %s",
                        entity.name(), context.countsOf(entity.name()).counts());
    }

    // A record without an id cannot be stored, but counts as seen.
    private static String key(JsonNode node) {
        var id = node.path("id").asText("");
        return id.isBlank() ? RecordQuarantine.NO_ID_PREFIX + node.hashCode() : id;
    }
}
