package ca.assistantgazelle.peers.gazelle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The switches, settable while the emulator runs. */
public final class Faults {
  /**
   * What is to go wrong.
   *
   * @param only root field of the requests it concerns, for example {@code allPianos}; null = all
   * @param after how many of them are still answered well
   * @param times how many are then answered wrongly
   * @param seconds of {@code Retry-After}, or how slow
   */
  public record Order(Fault fault, String only, int after, int times, int seconds) {
    boolean concerns(String query) {
      return only == null || query.contains(only);
    }
  }

  private static final class Standing {
    private final Order order;
    private int after;
    private int times;

    private Standing(Order order) {
      this.order = order;
      this.after = order.after();
      this.times = order.times();
    }

    private boolean fires() {
      return after-- <= 0 && times-- > 0;
    }
  }

  private final List<Standing> standing = new ArrayList<>();
  private Duration latency = Duration.ZERO;

  /** For all requests; replaces what was set before. */
  public void set(Fault fault, int afterRequests, int times) {
    set(List.of(new Order(fault, null, afterRequests, times, 1)));
  }

  /** Replaces what was set before. */
  public synchronized void set(List<Order> orders) {
    standing.clear();
    orders.forEach(order -> standing.add(new Standing(order)));
  }

  /** Every GraphQL request waits this long before it is answered. */
  public synchronized void latency(Duration wanted) {
    latency = wanted;
  }

  public synchronized void clear() {
    standing.clear();
    latency = Duration.ZERO;
  }

  synchronized Duration latency() {
    return latency;
  }

  /** The first order that concerns the request and is due. */
  synchronized Optional<Order> next(String query) {
    for (var one : standing) {
      if (one.order.concerns(query) && one.fires()) {
        return Optional.of(one.order);
      }
    }
    return Optional.empty();
  }
}
