package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.catalogue.MisfirePolicy;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.ledger.Ledger;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunIds;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.planning.FireDecision.Action;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Queries;
import ca.assistantgazelle.timetable.Fire;
import ca.assistantgazelle.timetable.Timetable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Gives every fire that falls due its row in the ledger. Any number of planners share the jobs:
 * each takes those that nobody else is planning, in one transaction with their triggers.
 */
@Singleton
public class Planner {
  private static final Logger LOG = Logger.getLogger(Planner.class);
  private static final int BATCH = 500;

  private final Database database;
  private final JobStates states;
  private final Timetables timetables;
  private final Ledger ledger;
  private final RunIds ids;
  private final Outbox outbox;
  private final DataAge dataAge;
  private final Cancellation cancellation;
  private final MissedNews missedNews;
  private final JobCatalogue catalogue;
  private final Clock clock;
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  public Planner(
      Database database,
      JobStates states,
      Timetables timetables,
      Ledger ledger,
      RunIds ids,
      Outbox outbox,
      DataAge dataAge,
      Cancellation cancellation,
      MissedNews missedNews,
      JobCatalogue catalogue,
      Clock clock) {
    this.database = database;
    this.states = states;
    this.timetables = timetables;
    this.ledger = ledger;
    this.ids = ids;
    this.outbox = outbox;
    this.dataAge = dataAge;
    this.cancellation = cancellation;
    this.missedNews = missedNews;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Plans a batch of the jobs that are due; how many there were. */
  public int planDue() {
    return database.inTransaction(
        transaction -> {
          var due = states.claimDue(transaction, now(), BATCH, unknown);
          for (var state : due) {
            if (catalogue.find(state.job()).isEmpty()) {
              // A newer version of the catalogue plans it; its schedulers know what to do.
              unknown.add(state.job());
            }
          }
          return plan(transaction, due).size();
        });
  }

  /**
   * Gives the fires of these jobs up to now their rows.
   *
   * @param held rows that this transaction holds
   * @return the jobs as they are now
   */
  List<JobState> plan(Queries transaction, List<JobState> held) {
    var known = held.stream().filter(state -> catalogue.find(state.job()).isPresent()).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    var names = known.stream().map(JobState::job).toList();
    ledger.lockJobs(transaction, names);
    var open =
        ledger.openRuns(transaction, names).stream().collect(Collectors.groupingBy(Run::job));
    var successes =
        dataAge.lastSuccesses(
            transaction, names.stream().map(name -> catalogue.find(name).orElseThrow()).toList());
    // Taken after the locks, which may have been waited for.
    var now = now();
    var planned = new ArrayList<Planned>();
    var after = new ArrayList<JobState>();
    for (var state : known) {
      var timetable = timetables.of(state.schedule());
      var job = catalogue.find(state.job()).orElseThrow();
      var policy = new FirePolicy(job, now, state.pause(), open.getOrDefault(job.id(), List.of()));
      var decisions = policy.decide(timetable.fires(state.plannedUntil(), now));
      decisions.forEach(
          decision -> planned.add(planned(job, timetable, policy, decision, successes)));
      after.add(advanced(state, state.schedule(), timetable, now));
    }
    write(transaction, planned, open);
    states.advance(transaction, after);
    return after;
  }

  /** The job's state with everything up to now accounted for, by this schedule from now on. */
  static JobState advanced(JobState state, String schedule, Timetable timetable, Instant now) {
    // A clock that was set back must not plan the same fires again.
    var until = now.isAfter(state.plannedUntil()) ? now : state.plannedUntil();
    return state.planned(schedule, until, timetable.next(until).map(Fire::at).orElse(null));
  }

  /** Jobs that only another version of the catalogue knows. */
  Set<String> unknown() {
    return unknown;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private record Planned(Job job, Run run, FireDecision decision) {
    boolean starts() {
      return run.status() == RunStatus.QUEUED && run.held() == null;
    }
  }

  private Planned planned(
      Job job,
      Timetable timetable,
      FirePolicy policy,
      FireDecision decision,
      Map<String, Instant> successes) {
    var fire = decision.fire();
    if (decision.action() == Action.NONE) {
      return new Planned(
          job, run(job, timetable, policy, decision, RunStatus.NOT_RUN, null, null), decision);
    }
    if (decision.action() != Action.START) {
      return new Planned(
          job,
          run(job, timetable, policy, decision, RunStatus.QUEUED, Run.Hold.TURN, null),
          decision);
    }
    var awaited = awaited(job, fire);
    if (awaited.isPresent()) {
      return new Planned(
          job,
          run(job, timetable, policy, decision, RunStatus.QUEUED, Run.Hold.AFTER, awaited.get()),
          decision);
    }
    var stale = DataAge.of(job, successes, policy.now());
    if (stale.isPresent() && stale.get().forbids()) {
      var skipped = FireDecision.not(fire, Disposition.SKIPPED_STALE, stale.get().reason());
      return new Planned(
          job, run(job, timetable, policy, skipped, RunStatus.NOT_RUN, null, null), skipped);
    }
    var said =
        FireDecision.run(
            fire,
            Action.START,
            joined(decision.reason(), stale.map(DataAge.Stale::reason).orElse(null)));
    return new Planned(job, run(job, timetable, policy, said, RunStatus.QUEUED, null, null), said);
  }

  static String joined(String... parts) {
    var present = Stream.of(parts).filter(part -> part != null && !part.isBlank()).toList();
    return present.isEmpty() ? null : String.join("; ", present);
  }

  /** Which fire of the other job comes first, by the other job's timetable; empty when none. */
  private Optional<Fire> awaited(Job job, Fire fire) {
    return job.planning()
        .dependency()
        .flatMap(
            after ->
                catalogue.find(after.job()).orElseThrow().planning().schedule().cron().isEmpty()
                    ? Optional.empty()
                    : timetables
                        .of(
                            Timetables.text(
                                catalogue.find(after.job()).orElseThrow().planning().schedule()))
                        .fires(
                            fire.at().minus(after.firedWithin()).minus(Duration.ofNanos(1)),
                            fire.at())
                        .stream()
                        .filter(Fire::runs)
                        .reduce((earlier, later) -> later));
  }

  private Run run(
      Job job,
      Timetable timetable,
      FirePolicy policy,
      FireDecision decision,
      RunStatus status,
      Run.Hold held,
      Fire awaited) {
    var fire = decision.fire();
    boolean late = policy.isLate(fire);
    var trigger =
        new Trigger(
            ids.next(),
            job.id(),
            1,
            late && status == RunStatus.QUEUED ? Cause.CATCH_UP : Cause.SCHEDULED,
            fire.nominal().toString(),
            timetable.zone().getId(),
            fire.at(),
            held == Run.Hold.TURN ? null : fire.at().plus(job.maxLateness()),
            job.planning().parameters(fire.nominal()),
            null,
            null);
    return Run.planned(
        trigger,
        fire.key(),
        null,
        status,
        decision.disposition() == null ? null : decision.disposition().name(),
        decision.reason(),
        job.attempts(),
        policy.now(),
        held,
        held == Run.Hold.AFTER ? waitsUntil(job, fire, policy, late) : null,
        held == Run.Hold.AFTER ? job.planning().after().job() : null,
        awaited == null ? null : awaited.key());
  }

  // On time, the wait is counted from the planned instant; caught up, from the catch-up.
  private static Instant waitsUntil(Job job, Fire fire, FirePolicy policy, boolean late) {
    return (late ? policy.now() : fire.at()).plus(job.planning().after().waitAtMost());
  }

  // What was to be caught up, and was more than the cap.
  private static boolean isBeyondCap(Planned one) {
    return one.decision().disposition() == Disposition.MISSED_COALESCED
        && one.job().planning().misfire() == MisfirePolicy.ALL;
  }

  // As they stand now: since they were read, one may have ended or moved on.
  private void cancelOthers(Queries transaction, List<Run> others) {
    ledger.hold(transaction, others.stream().map(Run::runId).toList()).stream()
        .filter(Run::isOpen)
        .forEach(other -> cancellation.cancel(transaction, other, "the overlap policy"));
  }

  private void write(Queries transaction, List<Planned> planned, Map<String, List<Run>> open) {
    if (planned.isEmpty()) {
      return;
    }
    var written = ledger.insert(transaction, planned.stream().map(Planned::run).toList());
    var fresh = planned.stream().filter(one -> written.contains(one.run().runId())).toList();
    outbox.triggers(
        transaction,
        fresh.stream()
            .filter(Planned::starts)
            .map(
                one ->
                    new Outbox.Addressed(
                        one.job().worker().triggerTopic(),
                        one.run().trigger(1, one.run().cause(), one.run().notAfter()),
                        one.run().traceparent()))
            .toList());
    for (var one : fresh) {
      if (one.decision().action() == Action.CANCEL_OTHER) {
        cancelOthers(transaction, open.get(one.job().id()));
      }
    }
    missedNews.tell(
        transaction,
        fresh.stream()
            .filter(
                one ->
                    one.decision().disposition() == Disposition.MISSED_EXPIRED || isBeyondCap(one))
            .map(Planned::run)
            .toList());
    fresh.stream()
        .filter(one -> !one.starts())
        .forEach(
            one ->
                LOG.infof(
                    "run %s job %s of %s: %s, %s",
                    one.run().runId(),
                    one.job().id(),
                    one.run().nominal(),
                    one.run().held() == null ? one.run().disposition() : "held " + one.run().held(),
                    one.run().reason()));
  }
}
