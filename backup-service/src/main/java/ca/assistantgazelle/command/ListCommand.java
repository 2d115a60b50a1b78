package ca.assistantgazelle.command;

import ca.assistantgazelle.manifest.StoredBackup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** What there is, where, and what it is worth. */
@Command(
    name = "list",
    description = "Lists the backups at all destinations, newest first.",
    mixinStandardHelpOptions = true)
final class ListCommand extends PlacedCommand {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.of("America/Toronto"));
  private static final long MEGABYTE = 1_000_000;
  private static final String FORMAT = "%-24s  %-16s  %-17s  %-7s  %9s  %9s  %-17s  %s";

  /** For programs. */
  record Line(
      String id,
      Instant takenAt,
      String destination,
      String state,
      String problem,
      String level,
      Instant verifiedAt,
      Instant rehearsedAt,
      Long rehearsalSeconds,
      boolean pinned,
      Long rows,
      Long storedBytes) {}

  @Override
  ExitCode run(Place where) throws Exception {
    var lines = new ArrayList<Line>();
    var silent = new ArrayList<IOException>();
    for (var copy : where.reachableCopies(this::warn, silent)) {
      lines.add(line(copy));
    }
    answer(lines);
    if (!where.isJson() && (silent.isEmpty() || !lines.isEmpty())) {
      show(lines);
    }
    return silent.isEmpty() ? ExitCode.DONE : ExitCode.UNUSABLE;
  }

  private void show(List<Line> lines) {
    say(
        FORMAT.formatted(
            "BACKUP",
            "TAKEN (MONTRÉAL)",
            "STATE",
            "CHECKED",
            "ROWS",
            "MB",
            "REHEARSED",
            "DESTINATION"));
    for (var line : lines) {
      say(
          FORMAT.formatted(
              line.id(),
              MINUTE.format(line.takenAt()),
              line.state() + (line.pinned() ? " (pinned)" : ""),
              line.level() == null ? "–" : line.level(),
              line.rows() == null ? "–" : line.rows(),
              line.storedBytes() == null
                  ? "–"
                  : "%.1f".formatted((double) line.storedBytes() / MEGABYTE),
              line.rehearsedAt() == null
                  ? "–"
                  : "in "
                      + Duration.ofSeconds(line.rehearsalSeconds())
                          .toString()
                          .substring(2)
                          .toLowerCase(Locale.ROOT),
              line.destination()));
      if (line.problem() != null) {
        say("    " + line.problem());
      }
    }
    if (lines.isEmpty()) {
      say("There is no backup yet.");
    }
  }

  private static Line line(Place.Copy copy) {
    StoredBackup backup = copy.backup();
    var manifest = backup.manifest();
    return new Line(
        backup.id(),
        backup.takenAt(),
        copy.shelf().destination().name(),
        backup.worth(),
        backup.problem(),
        backup.level(),
        backup.verifiedAt(),
        backup.rehearsedAt(),
        backup.rehearsalSeconds(),
        backup.pinned(),
        manifest == null ? null : manifest.rows(),
        manifest == null ? null : manifest.archive().storedBytes());
  }
}
