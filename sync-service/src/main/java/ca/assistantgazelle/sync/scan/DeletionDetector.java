package ca.assistantgazelle.sync.scan;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Marks rows as deleted that a complete scan did not return. Each is looked up individually first; if too many are
 * missing at once, none is marked and the run fails. Partial or failed reads are never evaluated.
 */
@Singleton
class DeletionDetector {
    private final ScanStore store;

    DeletionDetector(ScanStore store) {
        this.store = store;
    }

    void markMissingRows(PagedSyncSource entity, ScanContext context, ScanPass pass) throws InterruptedException {
        var loss = store.countMissing(context.jobContext().read(), context, entity, pass.number());
        if (loss.missing() == 0) {
            return;
        }
        long unnamed = store.countWithoutId(context.jobContext().read(), context, entity);
        MassLossGuard.require(entity.name(), loss.missing(), loss.expected(), unnamed);
        if (unnamed > 0) {
            context.jobContext()
                    .log()
                    .warn(
                            "%s: %d rows missing from the scan, but %d records have no id: none is marked as deleted",
                            entity.name(), loss.missing(), unnamed);
            return;
        }
        var missing = store.missingIds(context.jobContext().read(), context, entity, pass.number());
        recheckMissing(entity, context, missing);
    }

    private static void recheckMissing(PagedSyncSource entity, ScanContext context, List<String> missing)
            throws InterruptedException {
        var found = entity.fetchByIds(missing);
        var still = found.stream().map(node -> node.path("id").asText()).collect(Collectors.toSet());
        var gone = missing.stream().filter(id -> !still.contains(id)).toList();
        var batch = entity.prepare(entity.completeRecords(context, found));
        context.jobContext().write(transaction -> {
            batch.write(transaction, context);
            entity.markDeleted(transaction, context, gone);
            return null;
        });
        context.countsOf(entity.name()).add("deleted", gone.size());
        context.jobContext()
                .log()
                .info(
                        "%s: %d rows missing from the scan, %d of them marked as deleted",
                        entity.name(), missing.size(), gone.size());
    }
}
