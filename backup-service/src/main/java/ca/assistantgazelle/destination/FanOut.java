package ca.assistantgazelle.destination;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the same to several destinations, in bounded memory: the slowest sets the pace, a dead one
 * is left out. Only when none is left does writing fail.
 */
public final class FanOut extends OutputStream {
  private static final int CHUNK = 256 << 10;

  private final List<Lane> lanes;
  private final Chunk chunk = new Chunk(CHUNK);

  /**
   * @param destinations not empty
   * @param stall without any progress for so long, a destination is given up
   */
  public FanOut(List<Destination> destinations, String key, Duration stall) {
    this.lanes = destinations.stream().map(one -> new Lane(one, key, stall)).toList();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] some, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      done += chunk.take(some, offset + done, length - done);
      if (chunk.isFull()) {
        send();
      }
    }
  }

  // The envelope flushes often; small writes would only cost.
  @Override
  public void flush() {}

  private void send() throws IOException {
    var full = Arrays.copyOf(chunk.bytes(), chunk.filled());
    chunk.drop(chunk.filled());
    try {
      for (var lane : lanes) {
        lane.offer(full);
      }
    } catch (InterruptedException e) {
      throw stopped(e);
    }
    requireOne();
  }

  /** Makes the object visible wherever all of it arrived. */
  public void complete() throws IOException {
    if (chunk.filled() > 0) {
      send();
    }
    try {
      for (var lane : lanes) {
        lane.finish();
      }
    } catch (InterruptedException e) {
      throw stopped(e);
    }
    requireOne();
  }

  /** Leaves nothing behind of what was not completed. */
  public void abandon(String reason) {
    lanes.forEach(lane -> lane.abandon(new IOException(reason)));
  }

  /** Where all of it arrived, once it is complete. */
  public List<Destination> arrived() {
    return lanes.stream().filter(lane -> lane.failure() == null).map(Lane::destination).toList();
  }

  /** Why it did not arrive elsewhere. */
  public Map<Destination, BackupException> failures() throws InterruptedIOException {
    var failures = new LinkedHashMap<Destination, BackupException>();
    for (var lane : lanes) {
      if (lane.failure() != null) {
        failures.put(
            lane.destination(),
            BackupException.named(
                lane.failure(),
                Cause.STORE_WRITE,
                lane.destination().name() + " did not take the archive",
                "See that the destination exists, may be written and has room."));
      }
    }
    return failures;
  }

  /** How much each destination has taken, by name. */
  public Map<String, Long> taken() {
    var taken = new LinkedHashMap<String, Long>();
    lanes.forEach(lane -> taken.put(lane.destination().name(), lane.bytes()));
    return taken;
  }

  private void requireOne() throws IOException {
    if (lanes.stream().allMatch(lane -> lane.failure() != null)) {
      throw BackupException.all(failures().values());
    }
  }

  private static InterruptedIOException stopped(InterruptedException e) {
    var stopped = new InterruptedIOException("told to stop");
    stopped.initCause(e);
    return stopped;
  }
}
