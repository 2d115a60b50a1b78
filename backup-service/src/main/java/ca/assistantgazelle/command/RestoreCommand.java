package ca.assistantgazelle.command;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.restore.Restore;
import ca.assistantgazelle.restore.RestoreRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings a backup back. */
@Command(
    name = "restore",
    description = "Restores a backup into a new or empty database and compares the two.",
    mixinStandardHelpOptions = true)
final class RestoreCommand extends PlacedCommand {
  private static final Duration LEASE = Duration.ofHours(6);

  /** With these, another destination's copy of the same backup may be whole. */
  private static final Set<Cause> OF_THE_COPY =
      Set.of(
          Cause.VERIFY_BYTES,
          Cause.VERIFY_CONTENT,
          Cause.STORE_READ,
          Cause.STORE_TRANSIENT,
          Cause.STORE_AUTH);

  @Option(
      names = "--from",
      paramLabel = "BACKUP",
      defaultValue = "latest-verified",
      description = "an id, latest, latest-verified (when left out), or before:INSTANT")
  private String from;

  @Option(
      names = "--into",
      paramLabel = "URL",
      description = {
        "postgresql://user@host:port/database; the password in PGPASSWORD.",
        "Without a database: restore_<id> is made. Without it all: the server of PGHOST."
      })
  private String into;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "only these, as copies beside the living ones; needs --into-schema")
  private List<String> tables = List.of();

  @Option(
      names = "--into-schema",
      paramLabel = "SCHEMA",
      description = "a new schema for the copies of --tables")
  private String intoSchema;

  @Option(names = "--replace-source", description = "the database it was taken from is meant")
  private boolean replaceSource;

  @Option(names = "--confirm", paramLabel = "NAME", description = "the source's name, typed again")
  private String confirm;

  @Option(
      names = "--no-neutralise",
      description = {
        "leave running jobs, unsent mails, timetables and tokens as they were;",
        "otherwise they are stopped, unless the source itself is replaced"
      })
  private boolean lively;

  @Option(names = "--dry-run", description = "says what would be done, and changes nothing")
  private boolean dryRun;

  @Override
  ExitCode run(Place where) throws Exception {
    requireSense();
    var identities = where.identities();
    var copies = Place.chosen(where.reachableCopies(this::say), from);
    var request =
        new RestoreRequest(target(where), tables, intoSchema, replaceSource, confirm, !lively);
    for (int i = 0; ; i++) {
      var copy = copies.get(i);
      try {
        return restored(
            copy,
            request,
            new Restore(copy.shelf().destination(), identities, Clock.systemUTC(), this::say));
      } catch (BackupException e) {
        if (!OF_THE_COPY.contains(e.why()) || i + 1 == copies.size()) {
          throw e;
        }
        say(e.getMessage() + " Trying the copy at the next destination.");
      }
    }
  }

  private void requireSense() throws BackupException {
    if (tables.isEmpty() != (intoSchema == null)) {
      throw new BackupException(
          Cause.RESTORE_REFUSED,
          "--tables and --into-schema go together.",
          "Name the tables and a new schema for their copies.");
    }
    if ((confirm != null && !replaceSource) || (replaceSource && !tables.isEmpty())) {
      throw new BackupException(
          Cause.RESTORE_REFUSED,
          "--confirm goes with --replace-source, and that is for whole databases.",
          "Leave out what is not meant.");
    }
  }

  private Source target(Place where) throws IOException {
    var setup = where.setup();
    if (into != null) {
      return where.typed().database(into);
    }
    var server =
        setup
            .database()
            .orElseThrow(
                () ->
                    new BackupException(
                        Cause.RESTORE_REFUSED,
                        "No target: neither --into nor PGHOST is set.",
                        "Write --into postgresql://user@host:port/database."));
    return tables.isEmpty() ? server.database("") : server;
  }

  private ExitCode restored(Place.Copy copy, RestoreRequest request, Restore restore)
      throws IOException, InterruptedException {
    var backup = copy.backup();
    if (!tables.isEmpty()) {
      return tablesRestored(copy, request, restore);
    }
    var plan = restore.plan(backup, request);
    say("from       " + copy.shelf().destination().name());
    plan.lines().forEach(this::say);
    if (dryRun) {
      backup
          .manifest()
          .tables()
          .forEach(table -> say("  %,12d rows  %s".formatted(table.rows(), table.name())));
      say("Nothing was changed.");
      answer(
          Map.of(
              "dry_run",
              true,
              "backup_id",
              backup.id(),
              "database",
              plan.database(),
              "roles",
              plan.roles()));
      return ExitCode.DONE;
    }
    var lease = lease(copy.shelf(), backup);
    try {
      var report = restore.run(backup, request);
      report.neutralised().forEach(line -> say("neutralised " + line));
      report.differences().forEach(line -> say("DIFFERENT  " + line));
      say(
          report.differences().isEmpty()
              ? "Restored: "
                  + report.database()
                  + " is equal to backup "
                  + backup.id()
                  + " (compared before anything was neutralised), after "
                  + report.took().toSeconds()
                  + " s."
              : "Restored, but " + report.database() + " is NOT equal to the backup.");
      answer(
          Map.of(
              "backup_id",
              backup.id(),
              "database",
              report.database(),
              "equal",
              report.differences().isEmpty(),
              "differences",
              report.differences(),
              "neutralised",
              report.neutralised(),
              "seconds",
              report.took().toMillis() / 1_000.0));
      return report.differences().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    } finally {
      release(copy.shelf(), lease);
    }
  }

  private ExitCode tablesRestored(Place.Copy copy, RestoreRequest request, Restore restore)
      throws IOException, InterruptedException {
    restore.requireTables(copy.backup(), request);
    if (dryRun) {
      say(
          "Copies of "
              + tables
              + " of "
              + copy.backup().id()
              + " would be put into schema "
              + intoSchema
              + " of "
              + request.target()
              + ". Nothing was changed.");
      return ExitCode.DONE;
    }
    var lease = lease(copy.shelf(), copy.backup());
    try {
      var rows = restore.tables(copy.backup(), request);
      rows.forEach((table, count) -> say(table + ": " + count + " rows, in schema " + intoSchema));
      say(
          "The copies have no keys, defaults, triggers or sequences: those belong to the living tables.");
      answer(Map.of("backup_id", copy.backup().id(), "schema", intoSchema, "rows", rows));
      return ExitCode.DONE;
    } finally {
      release(copy.shelf(), lease);
    }
  }

  // Retention elsewhere must not remove what is being read; a destination may be read-only.
  private String lease(Shelf shelf, StoredBackup backup) {
    var now = Clock.systemUTC().instant();
    try {
      return shelf.lease(backup.folder(), "restore", now, now.plus(LEASE));
    } catch (IOException e) {
      say("(the destination could not be told that this backup is in use: " + e.getMessage() + ")");
      return null;
    }
  }

  private void release(Shelf shelf, String lease) {
    if (lease != null) {
      try {
        shelf.release(lease);
      } catch (IOException e) {
        say("(the note that this backup is in use stays for six hours: " + e.getMessage() + ")");
      }
    }
  }
}
