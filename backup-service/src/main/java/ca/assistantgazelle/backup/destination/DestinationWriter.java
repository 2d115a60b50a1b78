package ca.assistantgazelle.backup.destination;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes to one destination from a bounded queue in its own thread. A failure or stall affects only this destination.
 */
final class DestinationWriter {
    private static final int QUEUE_CAPACITY = 16;
    private static final long POLL_MILLIS = 100;
    private static final byte[] END = {};

    private final BackupDestination destination;
    private final String key;
    private final Duration stallTimeout;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile ObjectUpload upload;
    private volatile long lastProgress = System.nanoTime();
    private final AtomicLong bytesWritten = new AtomicLong();

    /** @param stall how long it may make no progress before it is abandoned */
    DestinationWriter(BackupDestination destination, String key, Duration stall) {
        this.destination = destination;
        this.key = key;
        this.stallTimeout = stall;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("upload to " + destination.kind())
                .start(this::drainQueue);
    }

    BackupDestination destination() {
        return destination;
    }

    /** Null if it has not failed. */
    IOException failure() {
        return failure.get();
    }

    long bytesWritten() {
        return bytesWritten.get();
    }

    /** Waits for space in the queue; returns at once if this writer failed. The array must not change. */
    void offer(byte[] chunk) throws InterruptedException {
        // Time spent waiting for the source does not count as a stall.
        if (queue.isEmpty()) {
            lastProgress = System.nanoTime();
        }
        while (failure.get() == null && !queue.offer(chunk, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            cancelWhenStalled();
        }
    }

    /** Completes the object after the last chunk. */
    void finish() throws InterruptedException {
        offer(END);
        while (thread.isAlive() && failure.get() == null) {
            thread.join(POLL_MILLIS);
            cancelWhenStalled();
        }
    }

    /** Aborts the upload, as far as the destination allows. */
    void cancel(IOException reason) {
        if (failure.compareAndSet(null, reason)) {
            thread.interrupt();
            var begun = upload;
            if (begun != null) {
                // In a thread of its own: an unresponsive destination must not delay the others.
                Thread.ofPlatform()
                        .daemon()
                        .name("abort at " + destination.kind())
                        .start(() -> abort(begun));
            }
        }
    }

    private void cancelWhenStalled() {
        var begun = upload;
        if (thread.isAlive()
                && System.nanoTime() - lastProgress > stallTimeout.toNanos()
                && (begun == null || begun.timeSinceLastResponse().compareTo(stallTimeout) > 0)) {
            cancel(new BackupException(
                    BackupErrorClass.STORE_STALL,
                    destination.name() + " has accepted no data for " + stallTimeout.toSeconds() + " s.",
                    "Check the destination and the network. Other destinations are not affected."));
        }
    }

    private void drainQueue() {
        try {
            upload = destination.beginUpload(key);
            for (var chunk = queue.take(); chunk.length > 0; chunk = queue.take()) {
                upload.write(chunk, 0, chunk.length);
                bytesWritten.addAndGet(chunk.length);
                lastProgress = System.nanoTime();
            }
            upload.complete();
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            failure.compareAndSet(null, new IOException("interrupted", e));
        } catch (RuntimeException e) {
            failure.compareAndSet(null, new IOException("unexpected: " + e, e));
        }
        // Also covers a cancellation while the upload was being started.
        if (failure.get() != null && upload != null) {
            abort(upload);
        }
    }

    private void abort(ObjectUpload begun) {
        try {
            begun.abort();
        } catch (IOException | RuntimeException e) {
            // The remains have no manifest; retention removes them as an orphan.
            failure.get().addSuppressed(e);
        }
    }
}
