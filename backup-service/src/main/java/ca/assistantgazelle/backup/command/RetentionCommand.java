package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.retention.RetentionExecutor;
import ca.assistantgazelle.backup.retention.RetentionPlan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows which backups retention would remove and why the others are kept; applies a plan. */
@Command(
        name = "retention",
        description = "Shows which backups would be removed; --plan HASH removes them.",
        mixinStandardHelpOptions = true)
final class RetentionCommand extends DestinationCommand {
    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "applies the plan with this hash, if nothing has changed since")
    private String plan;

    @Override
    BackupExitCode run(DestinationOptions where) throws Exception {
        var policy = where.settings().retentionPolicy();
        var groups = new LinkedHashMap<String, List<BackupCopy>>();
        for (var copy : where.copies()) {
            // Retention counts the backups of each database separately.
            var name =
                    copy.repository().destination().name() + " " + copy.backup().database();
            groups.computeIfAbsent(name, key -> new ArrayList<>()).add(copy);
        }
        var answers = new ArrayList<Map<String, Object>>();
        boolean found = plan == null;
        boolean whole = true;
        for (var group : groups.entrySet()) {
            var repository = group.getValue().getFirst().repository();
            var backups = group.getValue().stream().map(BackupCopy::backup).toList();
            var pruning =
                    new RetentionExecutor(repository, policy, Clock.systemUTC().instant());
            var proposed = pruning.plan(backups);
            printPlan(group.getKey(), pruning.hash(proposed), proposed);
            var answer = new LinkedHashMap<String, Object>();
            answer.put("destination", repository.destination().name());
            answer.put("hash", pruning.hash(proposed));
            answer.put("plan", proposed);
            if (pruning.hash(proposed).equals(plan)) {
                found = true;
                var pruned = pruning.apply(proposed, backups);
                recordRemovals(repository, backups, pruned);
                whole &= pruned.pending().isEmpty();
                answer.put("done", pruned);
            }
            answers.add(answer);
        }
        printJson(answers);
        if (!found) {
            printLine("Plan " + plan + " does not match any current plan; see the plans above.");
        }
        return !found ? BackupExitCode.REFUSED : whole ? BackupExitCode.SUCCESS : BackupExitCode.FAILED;
    }

    private void printPlan(String name, String hash, RetentionPlan proposed) {
        printLine(
                name + ": plan " + hash + (proposed.fuse() == null ? "" : ", needs confirmation: " + proposed.fuse()));
        proposed.keep().forEach((id, reasons) -> printLine("  keep    " + id + "  " + String.join(", ", reasons)));
        proposed.remove().forEach(id -> printLine("  remove  " + id));
    }

    private void recordRemovals(
            BackupRepository repository, List<StoredBackup> backups, RetentionExecutor.RetentionResult pruned)
            throws IOException {
        for (var backup : backups) {
            if (pruned.removed().contains(backup.id())) {
                repository.recordRemoval(backup, Clock.systemUTC().instant());
                printLine("  removed " + backup.id());
            }
        }
        pruned.pending().forEach((id, words) -> printLine("  PENDING " + id + ": " + words));
    }
}
