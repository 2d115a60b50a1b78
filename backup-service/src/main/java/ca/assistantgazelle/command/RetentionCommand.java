package ca.assistantgazelle.command;

import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.retention.Pruning;
import ca.assistantgazelle.retention.RetentionPlan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what retention would remove and why the rest stays; removes it when the plan is named. */
@Command(
    name = "retention",
    description = "Shows which backups would be removed; --plan HASH removes them.",
    mixinStandardHelpOptions = true)
final class RetentionCommand extends PlacedCommand {
  @Option(
      names = "--plan",
      paramLabel = "HASH",
      description = "carries out the plan of that hash, as long as nothing changed since")
  private String plan;

  @Override
  ExitCode run(Place where) throws Exception {
    var policy = where.setup().retention();
    var groups = new LinkedHashMap<String, List<Place.Copy>>();
    for (var copy : where.copies()) {
      // Another database's backups are none of this one's days.
      var name = copy.shelf().destination().name() + " " + copy.backup().database();
      groups.computeIfAbsent(name, key -> new ArrayList<>()).add(copy);
    }
    var answers = new ArrayList<Map<String, Object>>();
    boolean found = plan == null;
    boolean whole = true;
    for (var group : groups.entrySet()) {
      var shelf = group.getValue().getFirst().shelf();
      var backups = group.getValue().stream().map(Place.Copy::backup).toList();
      var pruning = new Pruning(shelf, policy, Clock.systemUTC().instant());
      var proposed = pruning.plan(backups);
      show(group.getKey(), pruning.hash(proposed), proposed);
      var answer = new LinkedHashMap<String, Object>();
      answer.put("destination", shelf.destination().name());
      answer.put("hash", pruning.hash(proposed));
      answer.put("plan", proposed);
      if (pruning.hash(proposed).equals(plan)) {
        found = true;
        var pruned = pruning.apply(proposed, backups);
        noteRemovals(shelf, backups, pruned);
        whole &= pruned.pending().isEmpty();
        answer.put("done", pruned);
      }
      answers.add(answer);
    }
    answer(answers);
    if (!found) {
      say("There is no plan " + plan + " any more: look at the present ones.");
    }
    return !found ? ExitCode.REFUSED : whole ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void show(String name, String hash, RetentionPlan proposed) {
    say(
        name
            + ": plan "
            + hash
            + (proposed.fuse() == null ? "" : ", held back: " + proposed.fuse()));
    proposed
        .keep()
        .forEach((id, reasons) -> say("  keep    " + id + "  " + String.join(", ", reasons)));
    proposed.remove().forEach(id -> say("  remove  " + id));
  }

  private void noteRemovals(Shelf shelf, List<StoredBackup> backups, Pruning.Pruned pruned)
      throws IOException {
    for (var backup : backups) {
      if (pruned.removed().contains(backup.id())) {
        shelf.noteRemoval(backup, Clock.systemUTC().instant());
        say("  removed " + backup.id());
      }
    }
    pruned.pending().forEach((id, words) -> say("  PENDING " + id + ": " + words));
  }
}
