package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.inventory.BackupCatalogRebuild;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands for the backup catalogue in the database. */
@Command(
        name = "catalog",
        description = "Manages the catalogue of backups in the database.",
        mixinStandardHelpOptions = true,
        subcommands = CatalogCommand.CatalogRebuildCommand.class)
final class CatalogCommand {
    /** The only command that needs the service's database. */
    @Command(
            name = "rebuild",
            description = "Rebuilds the catalogue in the database from the backups at all destinations.",
            mixinStandardHelpOptions = true)
    static final class CatalogRebuildCommand extends DestinationCommand {
        @Option(
                names = "--database",
                paramLabel = "URL",
                description =
                        "the service's database, instead of PGHOST, PGPORT, …: postgresql://user@host:port/database")
        private String url;

        @Override
        BackupExitCode run(DestinationOptions where) throws Exception {
            var copies = where.copies();
            // Backups of another database would be reported missing by the next inventory check.
            BackupSelector.requireOneDatabase(copies);
            int written = BackupCatalogRebuild.rebuild(
                    database(where),
                    copies.stream()
                            .map(copy -> new BackupCatalogRebuild.CatalogCopy(
                                    copy.repository().destination().name(), copy.backup()))
                            .toList());
            printLine("Rebuilt the catalogue: " + written + " copies.");
            printJson(Map.of("copies", written));
            return BackupExitCode.SUCCESS;
        }

        private DatabaseAddress database(DestinationOptions where) throws Exception {
            var setup = where.settings();
            return url != null
                    ? where.environmentSettings().database(url)
                    : setup.database()
                            .orElseThrow(() -> new BackupException(
                                    BackupErrorClass.RESTORE_REFUSED,
                                    "No database given: neither --database nor PGHOST is set.",
                                    "Use --database postgresql://user@host:port/database."));
        }
    }
}
