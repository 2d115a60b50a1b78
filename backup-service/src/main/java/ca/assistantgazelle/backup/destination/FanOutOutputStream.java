package ca.assistantgazelle.backup.destination;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the same data to several destinations in bounded memory. The slowest one sets the pace; a failed one is
 * dropped. Writing fails only when no destination is left.
 */
public final class FanOutOutputStream extends OutputStream {
    private static final int CHUNK_BYTES = 256 << 10;

    private final List<DestinationWriter> writers;
    private final UploadChunk chunk = new UploadChunk(CHUNK_BYTES);

    /**
     * @param destinations not empty
     * @param stall how long a destination may make no progress before it is abandoned
     */
    public FanOutOutputStream(List<BackupDestination> destinations, String key, Duration stall) {
        this.writers = destinations.stream()
                .map(one -> new DestinationWriter(one, key, stall))
                .toList();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            done += chunk.append(some, offset + done, length - done);
            if (chunk.isFull()) {
                send();
            }
        }
    }

    // Ignored: the encryption flushes often, and small writes are inefficient.
    @Override
    public void flush() {}

    private void send() throws IOException {
        var full = Arrays.copyOf(chunk.bytes(), chunk.filled());
        chunk.discardFirst(chunk.filled());
        try {
            for (var writer : writers) {
                writer.offer(full);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireOneLeft();
    }

    /** Completes the object at every destination that received all of it. */
    public void complete() throws IOException {
        if (chunk.filled() > 0) {
            send();
        }
        try {
            for (var writer : writers) {
                writer.finish();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireOneLeft();
    }

    /** Aborts the uploads that are not complete. */
    public void cancel(String reason) {
        writers.forEach(writer -> writer.cancel(new IOException(reason)));
    }

    /** The destinations that received the complete object. */
    public List<BackupDestination> completedDestinations() {
        return writers.stream()
                .filter(writer -> writer.failure() == null)
                .map(DestinationWriter::destination)
                .toList();
    }

    /** The failures of the other destinations. */
    public Map<BackupDestination, BackupException> failures() throws InterruptedIOException {
        var failures = new LinkedHashMap<BackupDestination, BackupException>();
        for (var writer : writers) {
            if (writer.failure() != null) {
                failures.put(
                        writer.destination(),
                        BackupException.wrap(
                                writer.failure(),
                                BackupErrorClass.STORE_WRITE,
                                writer.destination().name() + " did not store the archive",
                                "Make sure that the destination exists, is writable and has free space."));
            }
        }
        return failures;
    }

    /** Bytes stored so far, by destination name. */
    public Map<String, Long> bytesWritten() {
        var taken = new LinkedHashMap<String, Long>();
        writers.forEach(writer -> taken.put(writer.destination().name(), writer.bytesWritten()));
        return taken;
    }

    private void requireOneLeft() throws IOException {
        if (writers.stream().allMatch(writer -> writer.failure() != null)) {
            throw BackupException.combine(failures().values());
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        var stopped = new InterruptedIOException("interrupted");
        stopped.initCause(e);
        return stopped;
    }
}
