package ca.assistantgazelle.simulation;

import ca.assistantgazelle.audit.Audit;
import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.collector.Bookkeeping;
import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.ledger.Ledger;
import ca.assistantgazelle.ledger.RunIds;
import ca.assistantgazelle.outbox.Outbox;
import ca.assistantgazelle.outbox.ServiceName;
import ca.assistantgazelle.planning.Adoption;
import ca.assistantgazelle.planning.Cancellation;
import ca.assistantgazelle.planning.Clockwork;
import ca.assistantgazelle.planning.DataAge;
import ca.assistantgazelle.planning.Holds;
import ca.assistantgazelle.planning.JobStates;
import ca.assistantgazelle.planning.MissedNews;
import ca.assistantgazelle.planning.Pauses;
import ca.assistantgazelle.planning.Planner;
import ca.assistantgazelle.planning.Retries;
import ca.assistantgazelle.planning.Timetables;
import ca.assistantgazelle.settings.SchedulerConfig;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.timetable.Fire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A time machine: the real timetable, ledger, holds, retries and verdicts on a real, empty
 * database, with a clock that jumps to the next thing that happens. It begins a day early, so that
 * the first day told has a yesterday.
 */
public final class Simulation {
  private static final Duration WARM_UP = Duration.ofDays(1);
  private static final Duration AFTERWARDS = Duration.ofDays(2);

  private final Scenario scenario;
  private final Database database;
  private final SimulatedClock clock;
  private final SimulatedWorkers workers;
  private final Bookkeeping bookkeeping;
  private final Clockwork clockwork;
  private final Pauses pauses;
  private Instant acted = Instant.MIN;
  private final List<LifecycleEvent> told = new ArrayList<>();

  private Simulation(Scenario scenario, Database database) {
    this.scenario = scenario;
    this.database = database;
    var zone = scenario.catalogue().zone();
    // One microsecond early: a fire at the very beginning falls due after it.
    this.clock =
        new SimulatedClock(
            scenario.from().atStartOfDay(zone).toInstant().minus(WARM_UP).minusNanos(1_000));
    this.workers = new SimulatedWorkers(database, scenario);
    var catalogue = scenario.catalogue();
    var name = new Name();
    var outbox = new Outbox(name, clock);
    var ledger = new Ledger(outbox, clock);
    var states = new JobStates();
    var timetables = new Timetables();
    var dataAge = new DataAge();
    var planner =
        new Planner(
            database,
            states,
            timetables,
            ledger,
            new RunIds(clock),
            outbox,
            dataAge,
            new Cancellation(catalogue, clock),
            new MissedNews(outbox, name, clock),
            catalogue,
            clock);
    this.bookkeeping = Bookkeeping.of(database, ledger, outbox, catalogue, name, clock);
    this.clockwork =
        new Clockwork(
            database,
            new Adoption(database, states, timetables, planner, catalogue),
            planner,
            new Holds(database, outbox, dataAge, catalogue, clock),
            new Retries(database, outbox, catalogue, clock),
            catalogue,
            new Config(catalogue.environment()));
    this.pauses =
        new Pauses(database, states, timetables, planner, ledger, clockwork, new Audit(clock));
  }

  /**
   * @param database empty but for the migrations, and this simulation's alone
   * @param progress hears the local date whenever a new day begins
   */
  public static Outcome run(Scenario scenario, Database database, Consumer<Instant> progress) {
    var simulation = new Simulation(scenario, database);
    simulation.play(progress);
    return new Findings(database, scenario).outcome(simulation.told);
  }

  private void play(Consumer<Instant> progress) {
    var lastFire = lastFire();
    var end = lastFire.plus(AFTERWARDS);
    var nextReport = clock.instant();
    while (clock.instant().isBefore(end)) {
      if (!clock.instant().isBefore(nextReport)) {
        progress.accept(nextReport);
        nextReport = nextReport.plus(Duration.ofDays(1));
      }
      var next = step();
      if (next.isEmpty() || (clock.instant().isAfter(lastFire) && !isAnyOpen(lastFire))) {
        return;
      }
      clock.set(next.get());
    }
  }

  private Instant lastFire() {
    return scenario.catalogue().jobs().stream()
        .flatMap(
            job ->
                job
                    .planning()
                    .schedule()
                    .timetable()
                    .fires(scenario.from(), scenario.to())
                    .stream())
        .map(Fire::at)
        .max(Comparator.naturalOrder())
        .orElse(clock.instant());
  }

  private boolean isAnyOpen(Instant lastFire) {
    return database
        .first(
            """
            select 1 from automation.run
            where status in ('queued', 'running', 'waiting_retry') and scheduled_for <= $1 limit 1
            """,
            row -> true,
            lastFire.atOffset(ZoneOffset.UTC))
        .isPresent();
  }

  // What happens at this instant; when the next thing happens.
  private Optional<Instant> step() {
    var now = clock.instant();
    database.first("select set_config('gazelle.present', $1, false)", row -> true, now.toString());
    var outage = scenario.outageAt(now);
    if (outage.isPresent()) {
      return Optional.of(outage.get().to());
    }
    act(now);
    enter(workers.until(now));
    var due = clockwork.turn();
    told.addAll(workers.take(now));
    // Their acceptance is news of this very instant, and decides nothing.
    enter(workers.until(now));
    // What waits although its time has come, a retry of a paused job say, is looked at every
    // second.
    return Stream.of(
            due.map(at -> at.isAfter(now) ? at : now.plusSeconds(1)),
            Optional.ofNullable(workers.next()))
        .flatMap(Optional::stream)
        .map(at -> noLaterThanPlanned(now, at))
        .min(Comparator.naturalOrder());
  }

  // What people do at their times.
  private void act(Instant now) {
    for (var plan : scenario.pauses()) {
      var job = scenario.catalogue().find(plan.job()).orElseThrow();
      if (isNow(plan.period().from(), now)) {
        pauses.pause(job, "simulated", "as in the scenario", null);
      }
      if (isNow(plan.period().to(), now)) {
        pauses.resume(job, "simulated", plan.catchUp());
      }
    }
    acted = now;
  }

  private boolean isNow(Instant planned, Instant now) {
    return planned.isAfter(acted) && !planned.isAfter(now);
  }

  private void enter(List<LifecycleEvent> news) {
    if (!news.isEmpty()) {
      bookkeeping.enter(news);
    }
  }

  // The clock must not jump over the beginning of an outage, or over what people do.
  private Instant noLaterThanPlanned(Instant now, Instant next) {
    return Stream.concat(
            scenario.outages().stream().map(Scenario.Outage::from),
            scenario.pauses().stream()
                .flatMap(plan -> Stream.of(plan.period().from(), plan.period().to())))
        .filter(instant -> instant.isAfter(now) && instant.isBefore(next))
        .min(Comparator.naturalOrder())
        .orElse(next);
  }

  private record Name() implements ServiceName {
    @Override
    public String name() {
      return "scheduler-service";
    }

    @Override
    public String host() {
      return "simulated";
    }
  }

  private record Config(Environment catalogueEnvironment) implements SchedulerConfig {
    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public String environment() {
      return catalogueEnvironment.word();
    }

    @Override
    public Optional<Path> jobsFile() {
      return Optional.empty();
    }
  }
}
