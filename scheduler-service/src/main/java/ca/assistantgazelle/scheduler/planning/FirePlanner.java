package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.catalogue.MisfirePolicy;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.contract.timetable.Timetable;
import ca.assistantgazelle.runtime.outbox.Outbox;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunIdGenerator;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.scheduler.planning.FireDecision.FireAction;
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
 * Writes the row of every due fire to the ledger. Any number of schedulers share the jobs: each
 * locks those that no other one is planning, and writes rows and triggers in one transaction.
 */
@Singleton
public class FirePlanner {
  private static final Logger LOG = Logger.getLogger(FirePlanner.class);
  private static final int BATCH_SIZE = 500;

  private final Database database;
  private final JobStateStore states;
  private final JobTimetables timetables;
  private final RunLedger ledger;
  private final RunIdGenerator ids;
  private final Outbox outbox;
  private final DataFreshness dataFreshness;
  private final RunCancellation cancellation;
  private final MissedRunPublisher missedRunPublisher;
  private final JobCatalogue catalogue;
  private final Clock clock;
  private final Set<String> unknownJobs = ConcurrentHashMap.newKeySet();

  public FirePlanner(
      Database database,
      JobStateStore states,
      JobTimetables timetables,
      RunLedger ledger,
      RunIdGenerator ids,
      Outbox outbox,
      DataFreshness dataAge,
      RunCancellation cancellation,
      MissedRunPublisher missedNews,
      JobCatalogue catalogue,
      Clock clock) {
    this.database = database;
    this.states = states;
    this.timetables = timetables;
    this.ledger = ledger;
    this.ids = ids;
    this.outbox = outbox;
    this.dataFreshness = dataAge;
    this.cancellation = cancellation;
    this.missedRunPublisher = missedNews;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Plans a batch of due jobs; returns their number. */
  public int planDue() {
    return database.inTransaction(
        transaction -> {
          var due = states.claimDue(transaction, now(), BATCH_SIZE, unknownJobs);
          for (var state : due) {
            if (catalogue.find(state.job()).isEmpty()) {
              // The job belongs to a newer catalogue and is planned by the schedulers that have it.
              unknownJobs.add(state.job());
            }
          }
          return plan(transaction, due).size();
        });
  }

  /**
   * Writes the rows of all fires of these jobs up to now.
   *
   * @param held rows locked by this transaction
   * @return the new states of the jobs
   */
  List<JobState> plan(SqlQueries transaction, List<JobState> held) {
    var known = held.stream().filter(state -> catalogue.find(state.job()).isPresent()).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    var names = known.stream().map(JobState::job).toList();
    ledger.lockJobs(transaction, names);
    var open =
        ledger.findOpenRuns(transaction, names).stream()
            .collect(Collectors.groupingBy(JobRun::job));
    var successes =
        dataFreshness.lastSuccesses(
            transaction, names.stream().map(name -> catalogue.find(name).orElseThrow()).toList());
    // Read the clock after acquiring the locks, which may have blocked.
    var now = now();
    var planned = new ArrayList<PlannedRun>();
    var after = new ArrayList<JobState>();
    for (var state : known) {
      var timetable = timetables.fromJson(state.schedule());
      var job = catalogue.find(state.job()).orElseThrow();
      var policy = new FirePolicy(job, now, state.pause(), open.getOrDefault(job.id(), List.of()));
      var decisions = policy.decide(timetable.fires(state.plannedUntil(), now));
      decisions.forEach(
          decision -> planned.add(planRun(job, timetable, policy, decision, successes)));
      after.add(advanced(state, state.schedule(), timetable, now));
    }
    write(transaction, planned, open);
    states.advance(transaction, after);
    return after;
  }

  /** The job's state planned up to now, with the given schedule from now on. */
  static JobState advanced(JobState state, String schedule, Timetable timetable, Instant now) {
    // If the clock was set back, the same fires must not be planned again.
    var until = now.isAfter(state.plannedUntil()) ? now : state.plannedUntil();
    return state.withPosition(
        schedule, until, timetable.next(until).map(PlannedFire::at).orElse(null));
  }

  /** Jobs that only another catalogue version contains. */
  Set<String> unknownJobs() {
    return unknownJobs;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private record PlannedRun(JobDefinition job, JobRun run, FireDecision decision) {
    boolean starts() {
      return run.status() == RunStatus.QUEUED && run.waitReason() == null;
    }
  }

  private PlannedRun planRun(
      JobDefinition job,
      Timetable timetable,
      FirePolicy policy,
      FireDecision decision,
      Map<String, Instant> successes) {
    var fire = decision.fire();
    if (decision.action() == FireAction.NONE) {
      return new PlannedRun(
          job, newRun(job, timetable, policy, decision, RunStatus.NOT_RUN, null, null), decision);
    }
    if (decision.action() != FireAction.START) {
      return new PlannedRun(
          job,
          newRun(job, timetable, policy, decision, RunStatus.QUEUED, JobRun.WaitReason.TURN, null),
          decision);
    }
    var awaited = awaitedFire(job, fire);
    if (awaited.isPresent()) {
      return new PlannedRun(
          job,
          newRun(
              job,
              timetable,
              policy,
              decision,
              RunStatus.QUEUED,
              JobRun.WaitReason.AFTER,
              awaited.get()),
          decision);
    }
    var stale = DataFreshness.check(job, successes, policy.now());
    if (stale.isPresent() && stale.get().preventsRun()) {
      var skipped = FireDecision.skip(fire, FireDisposition.SKIPPED_STALE, stale.get().reason());
      return new PlannedRun(
          job, newRun(job, timetable, policy, skipped, RunStatus.NOT_RUN, null, null), skipped);
    }
    var said =
        FireDecision.run(
            fire,
            FireAction.START,
            joinReasons(
                decision.reason(), stale.map(DataFreshness.StaleData::reason).orElse(null)));
    return new PlannedRun(
        job, newRun(job, timetable, policy, said, RunStatus.QUEUED, null, null), said);
  }

  static String joinReasons(String... parts) {
    var present = Stream.of(parts).filter(part -> part != null && !part.isBlank()).toList();
    return present.isEmpty() ? null : String.join("; ", present);
  }

  /** The fire of the dependency that this fire waits for; empty if there is none. */
  private Optional<PlannedFire> awaitedFire(JobDefinition job, PlannedFire fire) {
    return job.scheduling()
        .dependency()
        .flatMap(
            after ->
                catalogue.find(after.job()).orElseThrow().scheduling().schedule().cron().isEmpty()
                    ? Optional.empty()
                    : timetables
                        .fromJson(
                            JobTimetables.toJson(
                                catalogue.find(after.job()).orElseThrow().scheduling().schedule()))
                        .fires(
                            fire.at().minus(after.firedWithin()).minus(Duration.ofNanos(1)),
                            fire.at())
                        .stream()
                        .filter(PlannedFire::runs)
                        .reduce((earlier, later) -> later));
  }

  private JobRun newRun(
      JobDefinition job,
      Timetable timetable,
      FirePolicy policy,
      FireDecision decision,
      RunStatus status,
      JobRun.WaitReason held,
      PlannedFire awaited) {
    var fire = decision.fire();
    boolean late = policy.isLate(fire);
    var trigger =
        new TriggerEvent(
            ids.next(),
            job.id(),
            1,
            late && status == RunStatus.QUEUED ? RunCause.CATCH_UP : RunCause.SCHEDULED,
            fire.nominal().toString(),
            timetable.zone().getId(),
            fire.at(),
            held == JobRun.WaitReason.TURN ? null : fire.at().plus(job.maxLateness()),
            job.scheduling().parametersAt(fire.nominal()),
            null,
            null);
    return JobRun.planned(
        trigger,
        fire.key(),
        null,
        status,
        decision.disposition() == null ? null : decision.disposition().name(),
        decision.reason(),
        job.attempts(),
        policy.now(),
        held,
        held == JobRun.WaitReason.AFTER ? waitDeadline(job, fire, policy, late) : null,
        held == JobRun.WaitReason.AFTER ? job.scheduling().after().job() : null,
        awaited == null ? null : awaited.key());
  }

  // The wait starts at the planned instant, or now if the fire is caught up.
  private static Instant waitDeadline(
      JobDefinition job, PlannedFire fire, FirePolicy policy, boolean late) {
    return (late ? policy.now() : fire.at()).plus(job.scheduling().after().waitAtMost());
  }

  // Would have been caught up, but exceeds the cap.
  private static boolean isBeyondCap(PlannedRun one) {
    return one.decision().disposition() == FireDisposition.MISSED_COALESCED
        && one.job().scheduling().misfire() == MisfirePolicy.ALL;
  }

  // Lock and read them again: one may have changed since it was read.
  private void cancelOthers(SqlQueries transaction, List<JobRun> others) {
    ledger.lockRuns(transaction, others.stream().map(JobRun::runId).toList()).stream()
        .filter(JobRun::isOpen)
        .forEach(other -> cancellation.cancel(transaction, other, "the overlap policy"));
  }

  private void write(
      SqlQueries transaction, List<PlannedRun> planned, Map<String, List<JobRun>> open) {
    if (planned.isEmpty()) {
      return;
    }
    var written = ledger.insert(transaction, planned.stream().map(PlannedRun::run).toList());
    var fresh = planned.stream().filter(one -> written.contains(one.run().runId())).toList();
    outbox.addTriggers(
        transaction,
        fresh.stream()
            .filter(PlannedRun::starts)
            .map(
                one ->
                    new Outbox.AddressedTrigger(
                        one.job().worker().triggerTopic(),
                        one.run().trigger(1, one.run().cause(), one.run().notAfter()),
                        one.run().traceparent()))
            .toList());
    for (var one : fresh) {
      if (one.decision().action() == FireAction.CANCEL_OTHER) {
        cancelOthers(transaction, open.get(one.job().id()));
      }
    }
    missedRunPublisher.publish(
        transaction,
        fresh.stream()
            .filter(
                one ->
                    one.decision().disposition() == FireDisposition.MISSED_EXPIRED
                        || isBeyondCap(one))
            .map(PlannedRun::run)
            .toList());
    fresh.stream()
        .filter(one -> !one.starts())
        .forEach(
            one ->
                LOG.infof(
                    "run %s job %s fire %s: %s, %s",
                    one.run().runId(),
                    one.job().id(),
                    one.run().nominal(),
                    one.run().waitReason() == null
                        ? one.run().disposition()
                        : "waiting: " + one.run().waitReason(),
                    one.run().reason()));
  }
}
