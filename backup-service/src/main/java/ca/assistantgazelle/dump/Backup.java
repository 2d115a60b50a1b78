package ca.assistantgazelle.dump;

import ca.assistantgazelle.archive.Envelope;
import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.FanOut;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.BackupId;
import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.postgresql.Tool;
import ca.assistantgazelle.verification.Archived;
import ca.assistantgazelle.verification.ReadBack;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Dumps a database as of one snapshot, in bounded memory and without a copy on this machine:
 * pg_dump → hash → zstd → age → hash → destinations. The order makes a cut archive impossible:
 * pg_dump's exit code first, then the last chunk, then completion, then everything is read back,
 * and the manifest comes last. Source: backup.md §4.1.
 */
public final class Backup {
  private final Order order;
  private final Seal seal;
  private final Watcher watcher;
  private final Clock clock;
  private final Map<String, Long> timing = new LinkedHashMap<>();
  private final Map<Destination, BackupException> failures = new LinkedHashMap<>();
  private Tool tool;

  /**
   * @param order what to dump and where to
   */
  public Backup(Order order, Seal seal, Watcher watcher, Clock clock) {
    this.order = order;
    this.seal = seal;
    this.watcher = watcher;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param published where it is verified and complete
   * @param failures why not elsewhere
   */
  public record Outcome(
      Manifest manifest, List<Destination> published, Map<Destination, BackupException> failures) {}

  /**
   * Returns when the backup is verified and published at one destination at least.
   *
   * @throws BackupException when nothing was published anywhere; then nothing counts as a backup
   * @throws InterruptedException when told to stop
   */
  public Outcome run() throws IOException, InterruptedException {
    Preflight.requireDirect(order.source());
    Preflight.requireSession(order.source());
    tool = Tool.find("pg_dump");
    if (!order.identities().isEmpty()) {
      Envelope.requireMatch(order.recipients(), order.identities());
    }
    var destinations = order.usable(failures);
    try (var session = SnapshotSession.open(order.source(), order.excluded())) {
      return dumped(session, destinations);
    } catch (SQLException e) {
      throw SnapshotSession.unexpected(e);
    } catch (SocketTimeoutException e) {
      throw new BackupException(
          Cause.STORE_STALL,
          "A destination stopped answering.",
          "Look at the destinations and the network.",
          e);
    } catch (InterruptedIOException e) {
      var stopped = new InterruptedException("told to stop");
      stopped.initCause(e);
      throw stopped;
    }
  }

  private Outcome dumped(SnapshotSession session, List<Destination> destinations)
      throws IOException, SQLException, InterruptedException {
    var origin = session.origin();
    Preflight.requireVersion(tool, origin.major(), origin.serverVersion());
    Preflight.requireReadable(session.connection(), order.excluded());
    Preflight.requireSnapshot(order.source(), session.snapshot());
    session.lock();
    var moment = session.moment();
    var id = BackupId.of(moment.takenAt());
    var key = BackupId.folder(order.source().database(), id) + Shelf.ARCHIVE;
    watcher.said("pg_dump " + tool.version() + " of " + order.source() + " as " + id);
    var dump = new Dump(order.source(), tool, session, order.excluded(), order.patience());
    var out = new FanOut(destinations, key, order.stall());
    try {
      var written = written(dump, out);
      failures.putAll(out.failures());
      var archive = written.archive(key, order.recipients());
      var facts = new Facts(session, origin, moment, id, dump.arguments());
      return published(facts, written, archive, out.arrived());
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      out.abandon("the backup was given up");
      throw e;
    }
  }

  private record Facts(
      SnapshotSession session,
      Manifest.Origin origin,
      Manifest.Snapshot moment,
      String id,
      List<String> arguments) {}

  private record Written(
      Hashing plain, Hashing stored, RecipientStanzaReader opener, Dump.Done dump) {
    Manifest.Archive archive(String key, List<String> recipients) {
      return new Manifest.Archive(
          key,
          "pgdump-custom",
          plain.bytes(),
          plain.sha256(),
          Envelope.COMPRESSION,
          new Manifest.Encryption(Envelope.ENCRYPTION, recipients),
          stored.bytes(),
          stored.sha256(),
          stored.parts());
    }
  }

  private Written written(Dump dump, FanOut out) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var stored = new Hashing(out);
    var sealing = Envelope.seal(stored, order.recipients());
    var plain = new Hashing(sealing.stream());
    var done =
        dump.into(
            plain,
            "gz-backup/" + order.run(),
            bytes -> watcher.progress("dump", bytes, out.taken()));
    if (!done.words().isEmpty()) {
      watcher.said("pg_dump says: " + done.words());
    }
    // Only now, after its exit code: without this last chunk nothing can be made of the archive.
    plain.close();
    lap("dump", start);
    out.complete();
    lap("upload", start);
    return new Written(plain, stored, sealing.opener(), done);
  }

  // Each place counts as soon as it is verified: what becomes of the next one cannot undo it.
  private Outcome published(
      Facts facts, Written written, Manifest.Archive archive, List<Destination> arrived)
      throws IOException, SQLException, InterruptedException {
    var openers = order.identities().isEmpty() ? List.of(written.opener()) : order.identities();
    Manifest manifest = null;
    var published = new ArrayList<Destination>();
    for (var destination : arrived) {
      watcher.progress("verify", archive.plainBytes(), Map.of());
      long start = System.nanoTime();
      try {
        var archived = verified(destination, archive, openers, written.dump().contents());
        if (manifest == null) {
          lap("verify", start);
          manifest = manifest(facts, written, archive, archived, arrived);
        }
        publish(destination, manifest);
        published.add(destination);
      } catch (IOException e) {
        fail(facts.id(), destination, e);
      }
    }
    if (published.isEmpty()) {
      throw BackupException.all(failures.values());
    }
    return new Outcome(manifest, published, failures);
  }

  private void publish(Destination destination, Manifest manifest) throws IOException {
    watcher.progress("publish", manifest.archive().plainBytes(), Map.of());
    watcher.beforePublishing(destination, manifest);
    try {
      new Shelf(destination, seal).publish(manifest);
    } catch (IOException e) {
      throw BackupException.named(
          e,
          Cause.PUBLISH,
          destination.name() + ": the manifest was not written",
          "Look at the destination; what lies there counts as debris.");
    }
    watcher.said(
        destination.name() + ": " + manifest.id() + " was read back, counted and published");
  }

  private static Archived verified(
      Destination destination,
      Manifest.Archive archive,
      List<RecipientStanzaReader> openers,
      Contents contents)
      throws IOException, InterruptedException {
    var archived = new ReadBack(destination, archive, openers).counted();
    var missing = archived.missing(contents);
    if (!missing.isEmpty()) {
      throw new BackupException(
          Cause.VERIFY_CONTENT,
          destination.name() + ": the archive is not whole: " + String.join("; ", missing),
          "See pg_dump's words in the run's log; earlier backups are untouched.");
    }
    return archived;
  }

  private void fail(String id, Destination destination, IOException e) throws IOException {
    var failure =
        BackupException.named(
            e,
            Cause.STORE_READ,
            destination.name() + ": the archive could not be read back",
            "Look at the destination; the backup does not count there.");
    failures.put(destination, failure);
    watcher.said(destination.name() + ": " + failure.getMessage());
    if (failure.why() == Cause.VERIFY_BYTES || failure.why() == Cause.VERIFY_CONTENT) {
      try {
        new Shelf(destination, seal)
            .quarantine(
                BackupId.folder(order.source().database(), id),
                failure.getMessage(),
                clock.instant());
      } catch (IOException later) {
        // Without a manifest it is no backup either way.
        failure.addSuppressed(later);
      }
    }
  }

  private Manifest manifest(
      Facts facts,
      Written written,
      Manifest.Archive archive,
      Archived archived,
      List<Destination> arrived)
      throws SQLException {
    var contents = written.dump().contents();
    return new Manifest(
        Manifest.FORMAT,
        facts.id(),
        order.run(),
        order.reason(),
        facts.origin(),
        new Manifest.Made(order.service(), "pg_dump", tool.version(), facts.arguments()),
        facts.moment(),
        new Manifest.Scope(facts.session().schemas(), order.excluded()),
        facts.session().roles(),
        facts.session().extensions(),
        contents.tables(),
        contents.objects(),
        contents.definitions(),
        archived.sequencesNamedAs(contents.sequences()),
        archive,
        new Manifest.Verified("L2", clock.instant()),
        arrived.stream()
            .map(one -> new Manifest.Stored(one.name(), one.kind(), archive.key()))
            .toList(),
        timing);
  }

  private void lap(String phase, long start) {
    timing.put(phase, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }
}
