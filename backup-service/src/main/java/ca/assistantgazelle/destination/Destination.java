package ca.assistantgazelle.destination;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where backups are kept. Keys are relative, with slashes. What fails with a cause we know is a
 * {@link ca.assistantgazelle.failure.BackupException}; an {@link java.io.InterruptedIOException}
 * says that the calling thread was told to stop.
 */
public interface Destination extends AutoCloseable {
  /** For people, without secrets: the address as it was configured. */
  String name();

  /** {@code file}, {@code s3} or {@code gdrive}. */
  String kind();

  /** Where it is reached, to tell whether it would be lost with the source; null = here. */
  String host();

  /** Fails when it cannot be used at all; changes nothing. */
  void probe() throws IOException;

  /** Bytes that fit; empty when it cannot be asked. */
  OptionalLong room() throws IOException;

  /** Begins an object that is visible under its key only once it is complete. */
  Upload begin(String key) throws IOException;

  /** A small object at once; never over one that is there. */
  default void put(String key, byte[] content) throws IOException {
    var upload = begin(key);
    try {
      upload.write(content, 0, content.length);
      upload.complete();
    } catch (IOException e) {
      upload.abort();
      throw e;
    }
  }

  /** To be closed by the caller. */
  InputStream read(String key) throws IOException;

  /** Everything whose key begins so, in the order of the keys. */
  List<StoredObject> list(String prefix) throws IOException;

  /** It need not be there. */
  void delete(String key) throws IOException;

  /** Gives up what was begun before that instant and never completed; how many. */
  int forgetUnfinished(Instant before) throws IOException;

  @Override
  void close();

  /**
   * Something that is there.
   *
   * @param modified may be null
   */
  record StoredObject(String key, long bytes, Instant modified) {}

  /** An object under way. One thread at a time. */
  interface Upload {
    /** Copies what it keeps. */
    void write(byte[] some, int offset, int length) throws IOException;

    /** Makes it visible; after it, it is durable. */
    void complete() throws IOException;

    /**
     * How long the destination has not answered anything: one that refuses, and is asked again, is
     * busy, not dead.
     */
    default Duration silentFor() {
      return Duration.ofDays(1);
    }

    /** Leaves nothing behind; may be called from another thread, and in any state. */
    void abort() throws IOException;
  }
}
