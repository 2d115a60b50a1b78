package ca.assistantgazelle.peers.google;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What goes wrong, how slow the answers are, and how much may be asked for in a minute. */
public final class SheetFaults {
  private record Order(SheetFault fault, String only, int skip, int times) {
    boolean concerns(String call) {
      return only == null || call.contains(only);
    }
  }

  private final List<Order> orders = new ArrayList<>();
  private final Clock clock;
  private final Deque<Instant> writes = new ArrayDeque<>();
  private Duration latency = Duration.ZERO;
  private int writesPerMinute = Integer.MAX_VALUE;

  SheetFaults(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param only concerns only calls whose method or body names this, for example a tab; null = all
   * @param skip so many such calls work first
   * @param times then so many fail
   */
  public synchronized void order(SheetFault fault, String only, int skip, int times) {
    orders.add(new Order(fault, only, skip, times));
  }

  public synchronized void setLatency(Duration latency) {
    this.latency = latency;
  }

  /** Further ones are answered 429, as Google does above 60 a minute and user. */
  public synchronized void setWritesPerMinute(int most) {
    this.writesPerMinute = most;
  }

  /** Everything works again. */
  public synchronized void clear() {
    orders.clear();
    latency = Duration.ZERO;
    writesPerMinute = Integer.MAX_VALUE;
    writes.clear();
  }

  synchronized Duration latency() {
    return latency;
  }

  /** What happens to this call. */
  synchronized Optional<SheetFault> next(String call, boolean write) {
    if (write && !isWithinQuota()) {
      return Optional.of(SheetFault.TOO_MANY_REQUESTS);
    }
    SheetFault fault = null;
    for (int i = 0; i < orders.size(); i++) {
      var order = orders.get(i);
      if (!order.concerns(call)) {
        continue;
      }
      if (order.skip() > 0) {
        orders.set(i, new Order(order.fault(), order.only(), order.skip() - 1, order.times()));
      } else if (order.times() > 0 && fault == null) {
        orders.set(i, new Order(order.fault(), order.only(), 0, order.times() - 1));
        fault = order.fault();
      }
    }
    return Optional.ofNullable(fault);
  }

  private boolean isWithinQuota() {
    var now = clock.instant();
    while (!writes.isEmpty() && writes.peekFirst().isBefore(now.minusSeconds(60))) {
      writes.removeFirst();
    }
    if (writes.size() >= writesPerMinute) {
      return false;
    }
    writes.addLast(now);
    return true;
  }
}
