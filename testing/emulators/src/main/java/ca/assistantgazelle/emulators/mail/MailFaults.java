package ca.assistantgazelle.emulators.mail;

import java.util.ArrayList;
import java.util.List;

/** The faults to simulate, each for all or some recipients. */
public final class MailFaults {
    private record MailFaultRule(MailFault fault, String only, int times) {}

    private final List<MailFaultRule> rules = new ArrayList<>();

    /** @param only affects only recipients that contain this text; null = all */
    public synchronized void inject(MailFault fault, String only, int times) {
        rules.add(new MailFaultRule(fault, only, times));
    }

    /** Removes all faults. */
    public synchronized void clear() {
        rules.clear();
    }

    synchronized boolean consume(MailFault fault, String recipient) {
        for (int i = 0; i < rules.size(); i++) {
            var order = rules.get(i);
            boolean concerned = order.only() == null || recipient.contains(order.only());
            if (order.fault() == fault && concerned && order.times() > 0) {
                rules.set(i, new MailFaultRule(fault, order.only(), order.times() - 1));
                return true;
            }
        }
        return false;
    }
}
