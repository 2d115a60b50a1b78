package ca.assistantgazelle.command;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.inventory.CatalogRebuild;
import ca.assistantgazelle.postgresql.Source;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the database remembers of backups, anew from what the destinations hold. */
@Command(
    name = "catalog",
    description = "The database's memory of the backups.",
    mixinStandardHelpOptions = true,
    subcommands = CatalogCommand.Rebuild.class)
final class CatalogCommand {
  /** Only this verb needs the service's database. */
  @Command(
      name = "rebuild",
      description = "Reads all destinations and writes the database's memory of them anew.",
      mixinStandardHelpOptions = true)
  static final class Rebuild extends PlacedCommand {
    @Option(
        names = "--database",
        paramLabel = "URL",
        description = "instead of PGHOST and its kin: postgresql://user@host:port/database")
    private String url;

    @Override
    ExitCode run(Place where) throws Exception {
      var copies = where.copies();
      // Another database's backups, remembered here, would be missed by the next scan.
      Place.requireOneDatabase(copies);
      int written =
          CatalogRebuild.into(
              database(where),
              copies.stream()
                  .map(
                      copy ->
                          new CatalogRebuild.Copy(copy.shelf().destination().name(), copy.backup()))
                  .toList());
      say(written + " copies are in the catalogue now.");
      answer(Map.of("copies", written));
      return ExitCode.DONE;
    }

    private Source database(Place where) throws Exception {
      var setup = where.setup();
      return url != null
          ? where.typed().database(url)
          : setup
              .database()
              .orElseThrow(
                  () ->
                      new BackupException(
                          Cause.RESTORE_REFUSED,
                          "No database: neither --database nor PGHOST is set.",
                          "Write --database postgresql://user@host:port/database."));
    }
  }
}
