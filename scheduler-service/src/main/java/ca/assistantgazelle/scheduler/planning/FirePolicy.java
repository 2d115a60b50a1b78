package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.catalogue.MisfirePolicy;
import ca.assistantgazelle.contract.catalogue.OverlapPolicy;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunWait.WaitReason;
import ca.assistantgazelle.scheduler.planning.FireDecision.FireAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Decides on the fires of one job that fell due since the last scheduling cycle. A pure function; the rules are in
 * docs/timetable.md.
 */
record FirePolicy(JobDefinition job, Instant now, JobPause pause, List<JobRun> open) {
    /** A fire planned within this time is on time. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    /**
     * @param due in chronological order
     * @return a decision for each in that order; if there are very many, the oldest are merged
     */
    List<FireDecision> decide(List<PlannedFire> due) {
        var decisions = new ArrayList<FireDecision>();
        var wanted = new ArrayList<PlannedFire>();
        for (var fire : due) {
            if (!fire.runs()) {
                decisions.add(FireDecision.skip(
                        fire, FireDisposition.valueOf(fire.note().name()), fire.reason()));
            } else if (pause != null && pause.covers(fire.at())) {
                decisions.add(FireDecision.skip(fire, FireDisposition.SUPPRESSED_PAUSED, pause.describe()));
            } else {
                wanted.add(fire);
            }
        }
        decisions.addAll(applyMisfirePolicy(wanted));
        decisions.sort(Comparator.comparing(FireDecision::fire, Comparator.comparing(PlannedFire::at)));
        return fold(decisions);
    }

    private List<FireDecision> applyMisfirePolicy(List<PlannedFire> fires) {
        int first = firstToRun(fires);
        var decisions = new ArrayList<FireDecision>();
        for (var fire : fires.subList(0, first)) {
            decisions.add(missed(fire, first < fires.size() ? fires.getLast() : null));
        }
        var busy = !open.isEmpty();
        var waiting = open.stream()
                .anyMatch(run -> run.waitsFor() != null
                        && (open.size() > 1 || run.waitsFor().reason() == WaitReason.OVERLAP));
        boolean several = fires.size() - first > 1;
        for (var fire : fires.subList(first, fires.size())) {
            // Several fires run only under misfire policy ALL, one after the other.
            var decision = decisions.size() > first || (several && busy)
                    ? FireDecision.run(fire, FireAction.ENQUEUE, lateReason(fire))
                    : applyOverlapPolicy(fire, busy, waiting);
            decisions.add(decision);
        }
        return decisions;
    }

    /** Index of the first fire that runs; those before it are missed. */
    private int firstToRun(List<PlannedFire> fires) {
        var planning = job.scheduling();
        int candidates = planning.misfire() == MisfirePolicy.ALL ? planning.catchUpCap() : 1;
        int first = fires.size();
        while (first > 0 && fires.size() - first < candidates && isWithinLateness(fires.get(first - 1))) {
            first--;
        }
        return first;
    }

    private boolean isWithinLateness(PlannedFire fire) {
        var most = job.scheduling().misfire() == MisfirePolicy.NONE ? ON_TIME : job.maxLateness();
        return lateness(fire).compareTo(most) <= 0;
    }

    private FireDecision missed(PlannedFire fire, PlannedFire instead) {
        return switch (job.scheduling().misfire()) {
            case NONE ->
                FireDecision.skip(
                        fire,
                        FireDisposition.MISSED_SKIPPED,
                        "missed: no scheduler could start it in time, and the misfire policy is NONE");
            case ALL ->
                isWithinLateness(fire)
                        ? FireDecision.skip(
                                fire,
                                FireDisposition.MISSED_COALESCED,
                                "missed: more fires were missed than catch_up_cap allows")
                        : expired(fire);
            case LAST ->
                instead == null
                        ? expired(fire)
                        : FireDecision.skip(
                                fire,
                                FireDisposition.MISSED_COALESCED,
                                "missed: no scheduler could start it in time; the fire of "
                                        + instead.nominal()
                                        + " runs instead");
        };
    }

    private FireDecision expired(PlannedFire fire) {
        return FireDecision.skip(
                fire,
                FireDisposition.MISSED_EXPIRED,
                "missed: noticed %s late; max_lateness is %s"
                        .formatted(format(lateness(fire)), format(job.maxLateness())));
    }

    private FireDecision applyOverlapPolicy(PlannedFire fire, boolean busy, boolean waiting) {
        if (!busy) {
            return FireDecision.run(fire, FireAction.START, lateReason(fire));
        }
        var other = open.getFirst();
        var why = "run " + other.runId() + " was still " + other.status().value();
        var overlap = job.scheduling().overlap();
        if (overlap == OverlapPolicy.CANCEL_OTHER && !waiting) {
            return FireDecision.run(fire, FireAction.CANCEL_OTHER, why + "; cancellation requested");
        }
        if (overlap == OverlapPolicy.BUFFER_ONE && !waiting) {
            return FireDecision.run(fire, FireAction.ENQUEUE, why);
        }
        return FireDecision.skip(
                fire, FireDisposition.SKIPPED_OVERLAP, waiting ? why + ", and another is already queued" : why);
    }

    private String lateReason(PlannedFire fire) {
        var parts = new ArrayList<String>();
        if (fire.reason() != null) {
            parts.add(fire.reason());
        }
        if (isLate(fire)) {
            parts.add("started " + format(lateness(fire)) + " late: no scheduler could start it in time");
        }
        return parts.isEmpty() ? null : String.join("; ", parts);
    }

    boolean isLate(PlannedFire fire) {
        return lateness(fire).compareTo(ON_TIME) > 0;
    }

    private Duration lateness(PlannedFire fire) {
        return Duration.between(fire.at(), now);
    }

    static String format(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    // After a month of downtime, a job due every minute would fill the ledger with identical rows.
    private List<FireDecision> fold(List<FireDecision> decisions) {
        int most = job.scheduling().catchUpCap();
        long idle = decisions.stream()
                .filter(one -> one.action() == FireAction.NONE)
                .count();
        if (idle <= most) {
            return decisions;
        }
        long folding = idle - most;
        var folded = new LinkedHashMap<FireDisposition, List<FireDecision>>();
        var kept = new ArrayList<FireDecision>();
        for (var decision : decisions) {
            if (decision.action() == FireAction.NONE && folding > 0) {
                folding--;
                folded.computeIfAbsent(decision.disposition(), key -> new ArrayList<>())
                        .add(decision);
            } else {
                kept.add(decision);
            }
        }
        var result = new ArrayList<FireDecision>();
        folded.values().forEach(same -> result.add(merge(same)));
        result.addAll(kept);
        return result;
    }

    private static FireDecision merge(List<FireDecision> same) {
        var first = same.getFirst();
        return same.size() == 1
                ? first
                : new FireDecision(
                        first.fire(),
                        FireAction.NONE,
                        first.disposition(),
                        same.size()
                                + " fires from "
                                + first.fire().nominal()
                                + " to "
                                + same.getLast().fire().nominal()
                                + ": "
                                + first.reason());
    }
}
