package ca.assistantgazelle.backup.destination;

import java.io.IOException;
import java.time.Duration;

/** An upload in progress. Not thread-safe, except for {@link #abort}. */
public interface ObjectUpload {
    /** The bytes are copied if they are needed after the call. */
    void write(byte[] some, int offset, int length) throws IOException;

    /** Makes the object visible and durable. */
    void complete() throws IOException;

    /**
     * Time since the last response of the destination. One that rejects requests and is retried counts as busy, not as
     * stalled.
     */
    default Duration timeSinceLastResponse() {
        return Duration.ofDays(1);
    }

    /** Removes all partial data. May be called from another thread and in any state. */
    void abort() throws IOException;
}
