package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.MisfirePolicy;
import ca.assistantgazelle.catalogue.OverlapPolicy;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.planning.FireDecision.Action;
import ca.assistantgazelle.timetable.Fire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What becomes of the fires of one job that fell due since it was last looked at. Pure. Source:
 * design §5, "Missed while down" and "Overlap".
 */
record FirePolicy(Job job, Instant now, Pause pause, List<Run> open) {
  /** A fire noticed within this time is on time. */
  static final Duration ON_TIME = Duration.ofMinutes(1);

  /**
   * @param due in order
   * @return a decision for each, in order, except that the oldest of very many are folded into one
   */
  List<FireDecision> decide(List<Fire> due) {
    var decisions = new ArrayList<FireDecision>();
    var wanted = new ArrayList<Fire>();
    for (var fire : due) {
      if (!fire.runs()) {
        decisions.add(
            FireDecision.not(fire, Disposition.valueOf(fire.note().name()), fire.reason()));
      } else if (pause != null && pause.covers(fire.at())) {
        decisions.add(FireDecision.not(fire, Disposition.SUPPRESSED_PAUSED, pause.sentence()));
      } else {
        wanted.add(fire);
      }
    }
    decisions.addAll(misfires(wanted));
    decisions.sort(Comparator.comparing(FireDecision::fire, Comparator.comparing(Fire::at)));
    return fold(decisions);
  }

  private List<FireDecision> misfires(List<Fire> fires) {
    int first = firstToRun(fires);
    var decisions = new ArrayList<FireDecision>();
    for (var fire : fires.subList(0, first)) {
      decisions.add(missed(fire, first < fires.size() ? fires.getLast() : null));
    }
    var busy = !open.isEmpty();
    var waiting = open.stream().anyMatch(run -> run.held() == Run.Hold.TURN);
    boolean several = fires.size() - first > 1;
    for (var fire : fires.subList(first, fires.size())) {
      // Several only run when all are caught up, and then one after the other.
      var decision =
          decisions.size() > first || (several && busy)
              ? FireDecision.run(fire, Action.TAKE_TURN, late(fire))
              : start(fire, busy, waiting);
      decisions.add(decision);
    }
    return decisions;
  }

  /** Index of the first fire that runs; those before it are missed. */
  private int firstToRun(List<Fire> fires) {
    var planning = job.planning();
    int candidates = planning.misfire() == MisfirePolicy.ALL ? planning.catchUpCap() : 1;
    int first = fires.size();
    while (first > 0 && fires.size() - first < candidates && isInTime(fires.get(first - 1))) {
      first--;
    }
    return first;
  }

  private boolean isInTime(Fire fire) {
    var most = job.planning().misfire() == MisfirePolicy.NONE ? ON_TIME : job.maxLateness();
    return lateness(fire).compareTo(most) <= 0;
  }

  private FireDecision missed(Fire fire, Fire instead) {
    return switch (job.planning().misfire()) {
      case NONE ->
          FireDecision.not(
              fire,
              Disposition.MISSED_SKIPPED,
              "nobody could start it in time, and this job is not caught up");
      case ALL ->
          isInTime(fire)
              ? FireDecision.not(
                  fire,
                  Disposition.MISSED_COALESCED,
                  "more were missed than are caught up at one time")
              : expired(fire);
      case LAST ->
          instead == null
              ? expired(fire)
              : FireDecision.not(
                  fire,
                  Disposition.MISSED_COALESCED,
                  "nobody could start it in time; the fire of "
                      + instead.nominal()
                      + " runs in its stead");
    };
  }

  private FireDecision expired(Fire fire) {
    return FireDecision.not(
        fire,
        Disposition.MISSED_EXPIRED,
        "noticed "
            + words(lateness(fire))
            + " late, and it is of use for "
            + words(job.maxLateness())
            + " only");
  }

  private FireDecision start(Fire fire, boolean busy, boolean waiting) {
    if (!busy) {
      return FireDecision.run(fire, Action.START, late(fire));
    }
    var other = open.getFirst();
    var why = "run " + other.runId() + " was still " + other.status().word();
    var overlap = job.planning().overlap();
    if (overlap == OverlapPolicy.CANCEL_OTHER && !waiting) {
      return FireDecision.run(fire, Action.CANCEL_OTHER, why + " and was asked to end");
    }
    if (overlap == OverlapPolicy.BUFFER_ONE && !waiting) {
      return FireDecision.run(fire, Action.TAKE_TURN, why);
    }
    return FireDecision.not(
        fire, Disposition.SKIPPED_OVERLAP, waiting ? why + ", and one waits already" : why);
  }

  private String late(Fire fire) {
    var parts = new ArrayList<String>();
    if (fire.reason() != null) {
      parts.add(fire.reason());
    }
    if (isLate(fire)) {
      parts.add("started " + words(lateness(fire)) + " late: nobody could start it in time");
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  boolean isLate(Fire fire) {
    return lateness(fire).compareTo(ON_TIME) > 0;
  }

  private Duration lateness(Fire fire) {
    return Duration.between(fire.at(), now);
  }

  static String words(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  // A job due every minute that was down for a month would fill the ledger with rows that say the
  // same.
  private List<FireDecision> fold(List<FireDecision> decisions) {
    int most = job.planning().catchUpCap();
    long idle = decisions.stream().filter(one -> one.action() == Action.NONE).count();
    if (idle <= most) {
      return decisions;
    }
    long folding = idle - most;
    var folded = new LinkedHashMap<Disposition, List<FireDecision>>();
    var kept = new ArrayList<FireDecision>();
    for (var decision : decisions) {
      if (decision.action() == Action.NONE && folding > 0) {
        folding--;
        folded.computeIfAbsent(decision.disposition(), key -> new ArrayList<>()).add(decision);
      } else {
        kept.add(decision);
      }
    }
    var result = new ArrayList<FireDecision>();
    folded.values().forEach(same -> result.add(one(same)));
    result.addAll(kept);
    return result;
  }

  private static FireDecision one(List<FireDecision> same) {
    var first = same.getFirst();
    return same.size() == 1
        ? first
        : new FireDecision(
            first.fire(),
            Action.NONE,
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
