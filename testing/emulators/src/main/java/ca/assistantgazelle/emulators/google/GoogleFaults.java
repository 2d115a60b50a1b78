package ca.assistantgazelle.emulators.google;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Simulated faults, latency and write quota. */
public final class GoogleFaults {
    private record GoogleFaultRule(GoogleFault fault, String only, int skip, int times) {
        boolean matches(String call) {
            return only == null || call.contains(only);
        }
    }

    private final List<GoogleFaultRule> rules = new ArrayList<>();
    private final Clock clock;
    private final Deque<Instant> writes = new ArrayDeque<>();
    private Duration latency = Duration.ZERO;
    private int writesPerMinute = Integer.MAX_VALUE;

    GoogleFaults(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param only affects only calls whose method, path or body contains this, for example a tab; null = all
     * @param skip number of matching calls that succeed first
     * @param times number of calls that then fail
     */
    public synchronized void inject(GoogleFault fault, String only, int skip, int times) {
        rules.add(new GoogleFaultRule(fault, only, skip, times));
    }

    public synchronized void setLatency(Duration latency) {
        this.latency = latency;
    }

    /** Writes above the limit are answered with 429, as Google does above 60 per minute and user. */
    public synchronized void setWritesPerMinute(int most) {
        this.writesPerMinute = most;
    }

    /** Removes all faults, the latency and the write limit. */
    public synchronized void clear() {
        rules.clear();
        latency = Duration.ZERO;
        writesPerMinute = Integer.MAX_VALUE;
        writes.clear();
    }

    synchronized Duration latency() {
        return latency;
    }

    /** The fault to apply to this call, if any. */
    synchronized Optional<GoogleFault> nextFault(String call, boolean write) {
        if (write && !isWithinQuota()) {
            return Optional.of(GoogleFault.TOO_MANY_REQUESTS);
        }
        GoogleFault fault = null;
        for (int i = 0; i < rules.size(); i++) {
            var order = rules.get(i);
            if (!order.matches(call)) {
                continue;
            }
            if (order.skip() > 0) {
                rules.set(i, new GoogleFaultRule(order.fault(), order.only(), order.skip() - 1, order.times()));
            } else if (order.times() > 0 && fault == null) {
                rules.set(i, new GoogleFaultRule(order.fault(), order.only(), 0, order.times() - 1));
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
