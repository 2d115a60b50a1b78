package ca.assistantgazelle.command;

import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.retention.Pruning;
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
    var shelves = new LinkedHashMap<Shelf, List<StoredBackup>>();
    for (var copy : where.copies()) {
      shelves.computeIfAbsent(copy.shelf(), shelf -> new ArrayList<>()).add(copy.backup());
    }
    var answers = new ArrayList<Map<String, Object>>();
    boolean done = plan == null;
    for (var shelf : shelves.entrySet()) {
      var pruning = new Pruning(shelf.getKey(), policy, Clock.systemUTC().instant());
      var proposed = pruning.plan(shelf.getValue());
      var name = pruning.destination().name();
      say(
          name
              + ": plan "
              + proposed.hash()
              + (proposed.fuse() == null ? "" : ", held back: " + proposed.fuse()));
      proposed
          .keep()
          .forEach((id, reasons) -> say("  keep    " + id + "  " + String.join(", ", reasons)));
      proposed.remove().forEach(id -> say("  remove  " + id));
      var answer = new LinkedHashMap<String, Object>();
      answer.put("destination", name);
      answer.put("plan", proposed);
      if (proposed.hash().equals(plan)) {
        var pruned = pruning.apply(proposed, shelf.getValue());
        pruned.removed().forEach(id -> say("  removed " + id));
        pruned.pending().forEach((id, words) -> say("  PENDING " + id + ": " + words));
        answer.put("done", pruned);
        done = pruned.pending().isEmpty();
      }
      answers.add(answer);
    }
    answer(answers);
    if (!done) {
      say(
          "No plan "
              + plan
              + " was carried out whole: the situation changed, or a destination refused.");
    }
    return done ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
