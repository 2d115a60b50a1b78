package ca.assistantgazelle.peers.gazelle;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The switches, settable while the emulator runs. */
public final class Faults {
  private final AtomicReference<Fault> fault = new AtomicReference<>();
  private final AtomicInteger after = new AtomicInteger();
  private final AtomicInteger times = new AtomicInteger();
  private final AtomicLong latencyMillis = new AtomicLong();

  /**
   * @param afterRequests how many GraphQL requests are still answered well
   * @param times how many are then answered wrongly
   */
  public void set(Fault fault, int afterRequests, int times) {
    this.fault.set(fault);
    this.after.set(afterRequests);
    this.times.set(times);
  }

  /** Every GraphQL request waits this long before it is answered. */
  public void latency(Duration latency) {
    latencyMillis.set(latency.toMillis());
  }

  public void clear() {
    fault.set(null);
    latencyMillis.set(0);
  }

  Duration latency() {
    return Duration.ofMillis(latencyMillis.get());
  }

  Optional<Fault> next() {
    var wanted = fault.get();
    if (wanted == null || after.getAndDecrement() > 0) {
      return Optional.empty();
    }
    if (times.getAndDecrement() > 0) {
      return Optional.of(wanted);
    }
    fault.compareAndSet(wanted, null);
    return Optional.empty();
  }
}
