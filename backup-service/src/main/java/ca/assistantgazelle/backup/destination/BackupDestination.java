package ca.assistantgazelle.backup.destination;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A store for backups. Keys are relative paths with slashes. Known failures are thrown as
 * {@link ca.assistantgazelle.backup.failure.BackupException}; an {@link java.io.InterruptedIOException} means that the
 * calling thread was interrupted.
 */
public interface BackupDestination extends AutoCloseable {
    /** The configured address, without secrets. */
    String name();

    /** {@code file}, {@code s3} or {@code gdrive}. */
    String kind();

    /** Host name, to decide whether it is off-site; null for this machine. */
    String host();

    /** Checks that it is reachable and usable; changes nothing. */
    void probe() throws IOException;

    /** Free space in bytes; empty if unknown. */
    OptionalLong freeBytes() throws IOException;

    /** Starts an upload; the object becomes visible only when the upload completes. */
    ObjectUpload beginUpload(String key) throws IOException;

    /** Writes a small object; fails if it exists. */
    default void put(String key, byte[] content) throws IOException {
        var upload = beginUpload(key);
        try {
            upload.write(content, 0, content.length);
            upload.complete();
        } catch (IOException e) {
            upload.abort();
            throw e;
        }
    }

    /** Opens an object; the caller closes the stream. */
    InputStream read(String key) throws IOException;

    /** Lists the objects whose keys start with the prefix, ordered by key. */
    List<StoredObject> list(String prefix) throws IOException;

    /** Deletes an object if it exists. */
    void delete(String key) throws IOException;

    /** Aborts uploads started before that instant and never completed; returns how many. */
    int abortUnfinishedUploads(Instant before) throws IOException;

    @Override
    void close();

    /**
     * A stored object.
     *
     * @param modified may be null
     */
    record StoredObject(String key, long bytes, Instant modified) {}
}
