package ca.assistantgazelle.peers.mail;

import java.util.ArrayList;
import java.util.List;

/** What goes wrong, and for whom. */
public final class MailFaults {
  private record Order(MailFault fault, String only, int times) {}

  private final List<Order> orders = new ArrayList<>();

  /**
   * @param only concerns only recipients that contain this; null = everybody
   */
  public synchronized void order(MailFault fault, String only, int times) {
    orders.add(new Order(fault, only, times));
  }

  /** Everything works again. */
  public synchronized void clear() {
    orders.clear();
  }

  synchronized boolean strikes(MailFault fault, String recipient) {
    for (int i = 0; i < orders.size(); i++) {
      var order = orders.get(i);
      boolean concerned = order.only() == null || recipient.contains(order.only());
      if (order.fault() == fault && concerned && order.times() > 0) {
        orders.set(i, new Order(fault, order.only(), order.times() - 1));
        return true;
      }
    }
    return false;
  }
}
