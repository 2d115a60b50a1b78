package ca.assistantgazelle.restore;

import ca.assistantgazelle.archive.Envelope;
import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Child;
import ca.assistantgazelle.postgresql.Tool;
import ca.assistantgazelle.verification.ReadBack;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Brings a database back: the whole archive is verified first, then it streams from its destination
 * into the target, then everything is counted and compared. The comparison decides, not an exit
 * code. Source: backup.md §4.7.
 */
public final class Restore {
  private static final Logger LOG = Logger.getLogger(Restore.class);
  private static final int BUFFER = 1 << 16;
  private static final String LEFT =
      "The new database was left under its name; nothing else was touched. Drop it before the next try.";

  private final Destination from;
  private final List<RecipientStanzaReader> identities;
  private final Clock clock;
  private final Consumer<String> log;

  /**
   * @param log hears how it goes
   */
  public Restore(
      Destination from, List<RecipientStanzaReader> identities, Clock clock, Consumer<String> log) {
    this.from = from;
    this.identities = identities;
    this.clock = clock;
    this.log = log;
  }

  /**
   * What came of it.
   *
   * @param differences from the manifest; empty = equal
   * @param neutralised what was changed so that it does not act on its own; empty = nothing
   * @param took from the first byte to the end of the comparison
   */
  public record Report(
      String database, List<String> differences, List<String> neutralised, Duration took) {}

  /** What would be done; changes nothing. */
  public RestorePlan plan(StoredBackup backup, RestoreRequest request) throws IOException {
    return RestorePlan.of(backup, request, new TargetServer(request.target()));
  }

  /**
   * All of it.
   *
   * @throws BackupException when it could not be brought back; a new database is left under its
   *     name, with a comment
   */
  public Report run(StoredBackup backup, RestoreRequest request)
      throws IOException, InterruptedException {
    var server = new TargetServer(request.target());
    var plan = RestorePlan.of(backup, request, server);
    long start = System.nanoTime();
    log.accept("verifying the whole archive at " + from.name());
    new ReadBack(from, backup.manifest().archive(), identities).bytes();
    server.createRoles(plan.roles());
    if (plan.create()) {
      server.create(plan.database(), Comments.underWay(backup.id(), clock.instant()));
    }
    List<String> differences;
    try {
      fill(backup, server, plan.database(), List.of("--exit-on-error", "--no-owner"), LEFT);
      log.accept("comparing with the manifest");
      differences = differences(backup, server, plan.database());
    } catch (IOException | InterruptedException e) {
      leave(server, plan.database(), backup, e);
      throw e;
    }
    server.comment(plan.database(), Comments.restored(backup.id(), differences, clock.instant()));
    // Whatever came out of the comparison: what is not the source must not act on its own.
    var neutralised =
        request.neutralise() && plan.replaces() == null
            ? server.in(plan.database(), Neutralise::apply)
            : List.<String>of();
    boolean replace = plan.replaces() != null && differences.isEmpty();
    if (replace) {
      server.swap(plan.database(), plan.replaces(), "old_" + backup.id());
      log.accept(plan.replaces() + " was kept as old_" + backup.id());
    }
    return new Report(
        replace ? plan.replaces() : plan.database(),
        differences,
        neutralised,
        Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * Puts copies of single tables into a schema of a living database.
   *
   * @return rows by table
   */
  public Map<String, Long> tables(StoredBackup backup, RestoreRequest request)
      throws IOException, InterruptedException {
    log.accept("verifying the whole archive at " + from.name());
    new ReadBack(from, backup.manifest().archive(), identities).bytes();
    return new TableCopies(this, new TargetServer(request.target()), backup)
        .into(request.target().database(), request.intoSchema(), request.tables());
  }

  /**
   * @throws BackupException when the backup does not hold them, or the schema is taken
   */
  public void requireTables(StoredBackup backup, RestoreRequest request) throws IOException {
    new TableCopies(this, new TargetServer(request.target()), backup)
        .require(request.target().database(), request.intoSchema(), request.tables());
  }

  private void leave(TargetServer server, String database, StoredBackup backup, Exception failure) {
    try {
      server.comment(database, Comments.failed(backup.id(), clock.instant()));
    } catch (BackupException e) {
      failure.addSuppressed(e);
    }
  }

  /** In what the database differs from what the backup says; empty when equal. */
  static List<String> differences(StoredBackup backup, TargetServer server, String database)
      throws IOException {
    var manifest = backup.manifest();
    return manifest
        .contents()
        .differences(
            server.contents(database, manifest.scope().excluded()),
            server.major() == manifest.source().major());
  }

  /**
   * Streams the archive through pg_restore, which may take less of it than all.
   *
   * @param otherwise what a person is told to do when it fails
   */
  void fill(
      StoredBackup backup,
      TargetServer server,
      String database,
      List<String> options,
      String otherwise)
      throws IOException, InterruptedException {
    var target = server.database(database);
    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of("--no-password", "--dbname=" + connection(database)));
    var total = backup.manifest().archive().plainBytes();
    log.accept("restoring " + total + " bytes into " + database);
    try (var child =
            Child.start(
                Tool.find("pg_restore"),
                arguments,
                target.environment("gz-restore/" + backup.id()));
        var in = from.read(backup.manifest().archive().key());
        var opened = Envelope.open(in, identities)) {
      var plain = new Hashing(OutputStream.nullOutputStream());
      pour(child, opened, plain, total);
      int code = child.await();
      if (code != 0) {
        throw failed("pg_restore ended with " + code + ": " + child.words(), otherwise);
      }
      if (!plain.sha256().equals(backup.manifest().archive().plainSha256())) {
        throw failed("What was restored is not what pg_dump wrote.", otherwise);
      }
    }
  }

  // A name may look like a connection string; as one, it cannot.
  static String connection(String database) {
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  // All of it is read and summed, also what is not taken any more because nobody asked for it.
  private void pour(Child child, InputStream opened, Hashing plain, long total)
      throws IOException, InterruptedException {
    long told = System.nanoTime();
    boolean taking = true;
    var buffer = new byte[BUFFER];
    for (int length = opened.read(buffer); length >= 0; length = opened.read(buffer)) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop");
      }
      plain.write(buffer, 0, length);
      if (taking && !takes(child.in(), buffer, length)) {
        taking = false;
        if (child.await() != 0) {
          return;
        }
      }
      if (System.nanoTime() - told > Duration.ofSeconds(2).toNanos()) {
        told = System.nanoTime();
        log.accept(100 * plain.bytes() / Math.max(1, total) + " %");
      }
    }
    if (taking) {
      end(child.in());
    }
  }

  /** False once it reads no further: it failed, or has all that it was asked for; its end tells. */
  private static boolean takes(OutputStream in, byte[] some, int length) {
    try {
      in.write(some, 0, length);
      return true;
    } catch (IOException e) {
      LOG.debugf("pg_restore reads no further: %s", e.getMessage());
      return false;
    }
  }

  // What is left in the buffer may be more than it asks for.
  private static void end(OutputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      LOG.debugf("pg_restore reads no further: %s", e.getMessage());
    }
  }

  private static BackupException failed(String message, String otherwise) {
    return new BackupException(Cause.RESTORE_FAILED, message, otherwise);
  }
}
