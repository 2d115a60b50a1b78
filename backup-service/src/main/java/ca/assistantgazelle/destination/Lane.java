package ca.assistantgazelle.destination;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One destination's share of the work: a bounded queue and a thread that empties it. It fails on
 * its own, also when the destination stops taking anything.
 */
final class Lane {
  private static final int QUEUED = 16;
  private static final long LOOK_MILLIS = 100;
  private static final byte[] END = {};

  private final Destination destination;
  private final String key;
  private final Duration stall;
  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUED);
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile Destination.Upload upload;
  private volatile long moved = System.nanoTime();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param stall without any progress for so long, it is given up
   */
  Lane(Destination destination, String key, Duration stall) {
    this.destination = destination;
    this.key = key;
    this.stall = stall;
    this.thread =
        Thread.ofPlatform().daemon().name("upload to " + destination.kind()).start(this::run);
  }

  Destination destination() {
    return destination;
  }

  /** Null as long as it works. */
  IOException failure() {
    return failure.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** Waits for room; returns at once when this lane has failed. The array must not change. */
  void offer(byte[] chunk) throws InterruptedException {
    // The wait of a source that had nothing to send is not this destination's.
    if (queue.isEmpty()) {
      moved = System.nanoTime();
    }
    while (failure.get() == null && !queue.offer(chunk, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      giveUpWhenStalled();
    }
  }

  /** Everything was offered: completes the object, or fails. */
  void finish() throws InterruptedException {
    offer(END);
    while (thread.isAlive() && failure.get() == null) {
      thread.join(LOOK_MILLIS);
      giveUpWhenStalled();
    }
  }

  /** Leaves nothing behind, as far as the destination lets itself be told. */
  void abandon(IOException reason) {
    if (failure.compareAndSet(null, reason)) {
      thread.interrupt();
      var begun = upload;
      if (begun != null) {
        // A destination that does not answer must not hold up the others.
        Thread.ofPlatform()
            .daemon()
            .name("abort at " + destination.kind())
            .start(() -> abort(begun));
      }
    }
  }

  private void giveUpWhenStalled() {
    var begun = upload;
    if (thread.isAlive()
        && System.nanoTime() - moved > stall.toNanos()
        && (begun == null || begun.silentFor().compareTo(stall) > 0)) {
      abandon(
          new BackupException(
              Cause.STORE_STALL,
              destination.name() + " has taken nothing for " + stall.toSeconds() + " s.",
              "Look at the destination and the network; the others are not concerned."));
    }
  }

  private void run() {
    try {
      upload = destination.begin(key);
      for (var chunk = queue.take(); chunk.length > 0; chunk = queue.take()) {
        upload.write(chunk, 0, chunk.length);
        bytes.addAndGet(chunk.length);
        moved = System.nanoTime();
      }
      upload.complete();
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      failure.compareAndSet(null, new IOException("told to stop", e));
    } catch (RuntimeException e) {
      failure.compareAndSet(null, new IOException("unexpected: " + e, e));
    }
    // Also when it was given up before its beginning was known.
    if (failure.get() != null && upload != null) {
      abort(upload);
    }
  }

  private void abort(Destination.Upload begun) {
    try {
      begun.abort();
    } catch (IOException | RuntimeException e) {
      // What is left has no manifest: the collector of debris removes it.
      failure.get().addSuppressed(e);
    }
  }
}
