package ca.assistantgazelle.command;

import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a backup from retention. */
@Command(
    name = "pin",
    description = "Keeps a backup, whatever retention says; --off lets it go again.",
    mixinStandardHelpOptions = true)
final class PinCommand extends PlacedCommand {
  @Parameters(paramLabel = "BACKUP", description = "its id")
  private String id;

  @Option(names = "--off", description = "takes the pin away")
  private boolean off;

  @Option(names = "--reason", defaultValue = "", description = "why, for others")
  private String reason;

  @Override
  ExitCode run(Place where) throws Exception {
    for (var copy : Place.chosen(where.copies(), id)) {
      copy.shelf().pin(copy.backup().folder(), !off, reason, Clock.systemUTC().instant());
      say(
          id
              + (off ? " is not pinned any more at " : " is pinned at ")
              + copy.shelf().destination().name());
    }
    return ExitCode.DONE;
  }
}
