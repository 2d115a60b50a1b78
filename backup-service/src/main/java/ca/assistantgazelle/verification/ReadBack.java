package ca.assistantgazelle.verification;

import ca.assistantgazelle.archive.Envelope;
import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.postgresql.Child;
import ca.assistantgazelle.postgresql.Tool;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads an archive back, once, to its last byte. L1: the bytes are those that were written. L2:
 * they can be opened, are what pg_dump wrote, and hold the rows they should. Source: backup.md
 * §4.5.
 */
public final class ReadBack {
  private static final int BUFFER = 1 << 16;

  private final Destination destination;
  private final Manifest.Archive archive;
  private final List<RecipientStanzaReader> openers;

  public ReadBack(
      Destination destination, Manifest.Archive archive, List<RecipientStanzaReader> openers) {
    this.destination = destination;
    this.archive = archive;
    this.openers = openers;
  }

  /** What is done with the opened archive. */
  interface Use {
    void write(byte[] some, int length) throws IOException;
  }

  /**
   * L1 and L2.
   *
   * @throws BackupException naming what is not as it should be
   * @throws InterruptedException when told to stop
   */
  public Archived counted() throws IOException, InterruptedException {
    try (var restore =
        Child.start(
            Tool.find("pg_restore"),
            List.of("--data-only", "-f", "-"),
            Map.of("LC_ALL", "C.UTF-8"))) {
      var counting = new FutureTask<>(() -> CopyCounter.count(restore.out()));
      Thread.ofPlatform().daemon().name("rows of an archive").start(counting);
      var in = restore.in();
      try {
        whole((some, length) -> in.write(some, 0, length));
        in.close();
      } catch (BackupException e) {
        throw e;
      } catch (IOException e) {
        throw unreadable(restore, e);
      }
      var archived = counting.get();
      if (restore.await() != 0) {
        throw unreadable(restore, null);
      }
      return archived;
    } catch (ExecutionException e) {
      throw new IOException("the archive's rows could not be counted", e.getCause());
    }
  }

  /**
   * That every byte is as it was written, and that a key is here which opens it: what was written
   * was opened and counted before its manifest was sealed.
   */
  public void bytes() throws IOException {
    try (var in = new HashingInput(opened())) {
      drain(in);
      requireBytes(in.hashing());
    }
    try (var in = opened();
        var begin = Envelope.open(in, openers)) {
      begin.read();
    }
  }

  // A copy that cannot be opened is read to its end nevertheless: its hash tells whether the
  // bytes are at fault, and where.
  private void whole(Use use) throws IOException {
    try (var in = new HashingInput(opened())) {
      var plain = new Hashing(OutputStream.nullOutputStream());
      IOException undecodable = null;
      try {
        decode(in, plain, use);
      } catch (UseFailed e) {
        throw e.getCause() instanceof IOException known ? known : e;
      } catch (IOException e) {
        undecodable = e;
      }
      in.requireRead();
      drain(in);
      requireBytes(in.hashing());
      if (undecodable instanceof BackupException known) {
        throw known;
      }
      if (undecodable != null || !plain.sha256().equals(archive.plainSha256())) {
        throw new BackupException(
            Cause.VERIFY_CONTENT,
            destination.name() + ": the archive does not open to what pg_dump wrote.",
            "Use another backup; keep this one for inspection.",
            undecodable);
      }
    }
  }

  private static final class UseFailed extends IOException {
    private static final long serialVersionUID = 1;

    UseFailed(IOException e) {
      super(e);
    }
  }

  private void decode(InputStream in, Hashing plain, Use use) throws IOException {
    try (var opened = Envelope.open(new LeftOpen(in), openers)) {
      var buffer = new byte[BUFFER];
      for (int length = opened.read(buffer); length >= 0; length = opened.read(buffer)) {
        plain.write(buffer, 0, length);
        try {
          use.write(buffer, length);
        } catch (IOException e) {
          throw new UseFailed(e);
        }
      }
    }
  }

  // What has to be read to its end whatever became of its decoding.
  private static final class LeftOpen extends FilterInputStream {
    LeftOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Its owner closes it.
    }
  }

  private InputStream opened() throws IOException {
    try {
      return destination.read(archive.key());
    } catch (IOException e) {
      throw BackupException.named(
          e,
          Cause.STORE_READ,
          destination.name() + ": the archive cannot be read back",
          "Look at the destination; the backup does not count there.");
    }
  }

  private void drain(InputStream in) throws IOException {
    try {
      var buffer = new byte[BUFFER];
      int length = in.read(buffer);
      while (length >= 0) {
        length = in.read(buffer);
      }
    } catch (IOException e) {
      throw BackupException.named(
          e,
          Cause.STORE_READ,
          destination.name() + ": reading the archive back broke off",
          "Look at the destination and the network.");
    }
  }

  private void requireBytes(Hashing found) throws BackupException {
    var parts = found.parts();
    if (found.bytes() == archive.storedBytes() && found.sha256().equals(archive.storedSha256())) {
      return;
    }
    throw new BackupException(
        Cause.VERIFY_BYTES,
        destination.name()
            + ": the archive is not what was written: "
            + found.bytes()
            + " of "
            + archive.storedBytes()
            + " bytes"
            + firstBad(parts),
        "Do not trust this destination before somebody looked at it.");
  }

  private String firstBad(List<Hashing.Part> parts) {
    long offset = 0;
    var expected = new ArrayList<>(archive.parts());
    for (int i = 0; i < expected.size(); i++) {
      if (i >= parts.size() || !parts.get(i).equals(expected.get(i))) {
        return ", different from byte " + offset + " on at the earliest.";
      }
      offset += expected.get(i).bytes();
    }
    return ".";
  }

  private BackupException unreadable(Child restore, IOException e) {
    restore.close();
    return new BackupException(
        Cause.VERIFY_UNREADABLE,
        destination.name() + ": pg_restore cannot read the archive: " + restore.words(),
        "Use another backup; see that pg_restore is not older than the pg_dump that wrote it.",
        e);
  }
}
