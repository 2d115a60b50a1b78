package ca.assistantgazelle.emulators.gazelle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults and the latency to simulate; can be changed at run time. */
public final class GazelleFaults {
    /**
     * When to simulate a fault.
     *
     * @param only affects only requests that contain this text, for example {@code allPianos}; null = all
     * @param after number of matching requests that succeed first
     * @param times number of requests that then fail
     * @param seconds of {@code Retry-After}, or the delay of {@code SLOW}
     */
    public record GazelleFaultRule(GazelleFault fault, String only, int after, int times, int seconds) {
        boolean matches(String query) {
            return only == null || query.contains(only);
        }
    }

    private static final class ActiveFaultRule {
        private final GazelleFaultRule rule;
        private int after;
        private int times;

        private ActiveFaultRule(GazelleFaultRule order) {
            this.rule = order;
            this.after = order.after();
            this.times = order.times();
        }

        private boolean consume() {
            return after-- <= 0 && times-- > 0;
        }
    }

    private final List<ActiveFaultRule> active = new ArrayList<>();
    private Duration latency = Duration.ZERO;

    /** Sets one rule for all requests; replaces all previous rules. */
    public void set(GazelleFault fault, int afterRequests, int times) {
        set(List.of(new GazelleFaultRule(fault, null, afterRequests, times, 1)));
    }

    /** Replaces all previous rules. */
    public synchronized void set(List<GazelleFaultRule> orders) {
        active.clear();
        orders.forEach(order -> active.add(new ActiveFaultRule(order)));
    }

    /** Sets the delay before each GraphQL response. */
    public synchronized void latency(Duration wanted) {
        latency = wanted;
    }

    public synchronized void clear() {
        active.clear();
        latency = Duration.ZERO;
    }

    synchronized Duration latency() {
        return latency;
    }

    /** The first rule that matches the request and is due. */
    synchronized Optional<GazelleFaultRule> nextDue(String query) {
        for (var one : active) {
            if (one.rule.matches(query) && one.consume()) {
                return Optional.of(one.rule);
            }
        }
        return Optional.empty();
    }
}
