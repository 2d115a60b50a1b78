package ca.assistantgazelle.command;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Tool;
import ca.assistantgazelle.verification.ReadBack;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** L1 and L2 again: every byte is read, opened and counted. */
@Command(
    name = "verify",
    description = "Reads backups back, opens them and counts their rows, at every destination.",
    mixinStandardHelpOptions = true)
final class VerifyCommand extends PlacedCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "BACKUP",
      defaultValue = "latest",
      description = "an id, latest (when left out), latest-verified, before:INSTANT, or all")
  private String which;

  @Option(
      names = "--record",
      description =
          "notes the result beside the backup; one that fails no longer counts as a backup")
  private boolean record;

  /** For programs. */
  record Verdict(String id, String destination, boolean passed, String cause, String message) {}

  @Override
  ExitCode run(Place where) throws Exception {
    var identities = where.identities();
    var copies = where.copies();
    // Also those that a list already calls damaged: somebody wants to know what is wrong.
    var wanted =
        which.equals("all")
            ? copies
            : copies.stream().anyMatch(copy -> copy.backup().id().equals(which))
                ? copies.stream().filter(copy -> copy.backup().id().equals(which)).toList()
                : Place.chosen(copies, which);
    if (wanted.isEmpty()) {
      throw new BackupException(
          Cause.RESTORE_MISSING, "There is no backup to verify.", "See ./gazelle backup list.");
    }
    var verdicts = new ArrayList<Verdict>();
    for (var copy : wanted) {
      verdicts.add(verdict(copy, identities));
    }
    answer(verdicts);
    return verdicts.stream().allMatch(Verdict::passed) ? ExitCode.DONE : ExitCode.UNUSABLE;
  }

  private Verdict verdict(Place.Copy copy, List<RecipientStanzaReader> identities)
      throws IOException, InterruptedException {
    var backup = copy.backup();
    var name = copy.shelf().destination().name();
    say(backup.id() + " at " + name + ": reading …");
    try {
      boolean quarantined = backup.state() == StoredBackup.State.QUARANTINED;
      if (!backup.isGood() && !(quarantined && backup.manifest() != null)) {
        throw new BackupException(
            Cause.TAMPERED, backup.state() + ": " + backup.problem(), "Use another backup.");
      }
      Tool.restorer(backup.manifest().tool().pgDump());
      var archive = backup.manifest().archive();
      var missing =
          new ReadBack(copy.shelf().destination(), archive, identities)
              .counted()
              .missing(backup.manifest().contents());
      if (!missing.isEmpty()) {
        throw new BackupException(
            Cause.VERIFY_CONTENT, String.join("; ", missing), "Use another backup.");
      }
      if (record) {
        copy.shelf().noteCheck(backup.folder(), "L2", Clock.systemUTC().instant(), null, List.of());
      }
      if (record && quarantined) {
        copy.shelf().lift(backup.folder());
        say("  it counts as a backup again");
      }
      say("  whole: " + backup.manifest().rows() + " rows");
      return new Verdict(backup.id(), name, true, null, null);
    } catch (BackupException e) {
      if (record && (e.why() == Cause.VERIFY_BYTES || e.why() == Cause.VERIFY_CONTENT)) {
        copy.shelf().quarantine(backup.folder(), e.getMessage(), Clock.systemUTC().instant());
      }
      // Who has the wrong key knows nothing of the copy.
      boolean checked = e.why() != Cause.KEY_IDENTITY;
      say((checked ? "  NOT WHOLE: " : "  NOT CHECKED: ") + e.why().word() + ": " + e.getMessage());
      return new Verdict(backup.id(), name, false, e.why().word(), e.getMessage());
    }
  }
}
