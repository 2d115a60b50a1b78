package ca.assistantgazelle.restore;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Child;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts copies of single tables beside the living ones, in a schema of their own, so that rows can
 * be brought back by SQL. They come without keys, defaults and sequences: those belong to the
 * living tables.
 */
final class TableCopies {
  private static final String UNTOUCHED =
      "See what it says; nothing was put into the living database, and nothing is left.";

  private final Restore restore;
  private final TargetServer server;
  private final StoredBackup backup;

  TableCopies(Restore restore, TargetServer server, StoredBackup backup) {
    this.restore = restore;
    this.server = server;
    this.backup = backup;
  }

  /**
   * @param database the living one
   * @param schema must not exist there
   * @return rows by table
   */
  Map<String, Long> into(String database, String schema, List<String> wanted)
      throws IOException, InterruptedException {
    var tables = require(database, schema, wanted);
    var scratch = "restore_tables_" + backup.id();
    server.drop(scratch);
    server.create(scratch, "scratch of a restore of tables; drop it");
    try {
      // All definitions, because a table may need types and functions of any schema.
      restore.fill(
          backup,
          server,
          scratch,
          List.of("--exit-on-error", "--no-owner", "--no-acl", "--section=pre-data"),
          UNTOUCHED);
      var rows = new ArrayList<>(List.of("--exit-on-error", "--data-only"));
      for (var table : tables) {
        var parts = parts(table.name());
        rows.add("--schema=" + parts[0]);
        rows.add("--table=" + parts[1]);
      }
      restore.fill(backup, server, scratch, rows, UNTOUCHED);
      var copied = gather(scratch, schema, tables);
      carry(scratch, schema, database);
      return copied;
    } finally {
      server.drop(scratch);
    }
  }

  /** The tables that are meant, and that there is room for them. */
  List<Contents.Table> require(String database, String schema, List<String> wanted)
      throws IOException {
    var tables = new ArrayList<Contents.Table>();
    for (var name : wanted) {
      tables.add(table(name));
    }
    if (server.in(
        database,
        session ->
            Rows.is(
                session, "select exists (select from pg_namespace where nspname = ?)", schema))) {
      throw RestorePlan.refused(
          "Schema " + schema + " exists in " + database + " already.",
          "Name another one with --into-schema.");
    }
    return tables;
  }

  private Contents.Table table(String name) throws BackupException {
    return backup.manifest().tables().stream()
        .filter(table -> !table.isView())
        .filter(table -> table.name().equals(name) || table.name().equals("public." + name))
        .findFirst()
        .orElseThrow(
            () ->
                RestorePlan.refused(
                    "The backup holds no table " + name + ".",
                    "See ./gazelle backup restore --dry-run for what it holds."));
  }

  private static String[] parts(String qualified) {
    var parts = qualified.split("\\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", 2);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("\"")) {
        parts[i] = parts[i].substring(1, parts[i].length() - 1).replace("\"\"", "\"");
      }
    }
    return parts;
  }

  private Map<String, Long> gather(String scratch, String schema, List<Contents.Table> tables)
      throws IOException {
    var copied = new LinkedHashMap<String, Long>();
    server.in(
        scratch,
        session -> {
          Rows.execute(session, "create schema " + TargetServer.quoted(schema));
          for (var table : tables) {
            var copy =
                TargetServer.quoted(schema) + "." + TargetServer.quoted(parts(table.name())[1]);
            Rows.execute(session, "create table " + copy + " as table only " + table.name());
            copied.put(table.name(), Rows.number(session, "select count(*) from " + copy));
          }
          return null;
        });
    for (var table : tables) {
      if (copied.get(table.name()) != table.rows()) {
        throw new BackupException(
            Cause.RESTORE_DIFFERENT,
            table.name()
                + ": "
                + table.rows()
                + " rows expected, "
                + copied.get(table.name())
                + " found.",
            "Nothing was put into the living database.");
      }
    }
    return copied;
  }

  private void carry(String scratch, String schema, String database)
      throws IOException, InterruptedException {
    var application = "gz-restore/" + backup.id();
    try (var dump =
            Child.start(
                Tool.find("pg_dump"),
                List.of("-Fc", "-Z0", "--no-password", "--schema=" + TargetServer.quoted(schema)),
                server.database(scratch).environment(application));
        var load =
            Child.start(
                Tool.find("pg_restore"),
                List.of(
                    "--exit-on-error",
                    "--single-transaction",
                    "--no-owner",
                    "--no-password",
                    "--dbname=" + Restore.connection(database)),
                server.database(database).environment(application))) {
      IOException broken = null;
      try (var out = load.in()) {
        dump.out().transferTo(out);
      } catch (IOException e) {
        broken = e;
      }
      int loaded = load.await();
      if (loaded != 0) {
        // Nobody reads it any more.
        dump.end();
      }
      if (loaded != 0 || broken != null || dump.await() != 0) {
        throw new BackupException(
            Cause.RESTORE_FAILED,
            "The copies could not be put into " + database + ": " + load.words() + dump.words(),
            "See what they say; nothing was put into the living database.",
            broken);
      }
    }
  }
}
