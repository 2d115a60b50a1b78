package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.emulators.testing.SettableClock;
import ca.assistantgazelle.runtime.outbox.EventOutbox;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.audit.AuditLog;
import ca.assistantgazelle.scheduler.ledger.RunIdGenerator;
import ca.assistantgazelle.scheduler.ledger.RunLedger;
import ca.assistantgazelle.scheduler.lifecycle.LifecycleProjector;
import ca.assistantgazelle.scheduler.planning.CatalogueReconciler;
import ca.assistantgazelle.scheduler.planning.DataFreshness;
import ca.assistantgazelle.scheduler.planning.FirePlanner;
import ca.assistantgazelle.scheduler.planning.JobPauseService;
import ca.assistantgazelle.scheduler.planning.JobStateStore;
import ca.assistantgazelle.scheduler.planning.JobTimetables;
import ca.assistantgazelle.scheduler.planning.MissedRunPublisher;
import ca.assistantgazelle.scheduler.planning.PlannedRunFactory;
import ca.assistantgazelle.scheduler.planning.PlanningFailures;
import ca.assistantgazelle.scheduler.planning.RetryDispatcher;
import ca.assistantgazelle.scheduler.planning.RunCancellation;
import ca.assistantgazelle.scheduler.planning.SchedulingCycle;
import ca.assistantgazelle.scheduler.planning.WaitingRunDispatcher;
import ca.assistantgazelle.scheduler.supervision.RunExpirer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Discrete-event simulation of the scheduler: runs the real planning, retry and verdict code on an empty database, with
 * a clock that jumps to the next event. It starts a day early, so that the first reported day has a preceding day.
 */
public final class SchedulerSimulation {
    private static final Duration WARM_UP = Duration.ofDays(1);
    private static final Duration SETTLING_TIME = Duration.ofDays(2);

    private final SimulationScenario scenario;
    private final Database database;
    private final SettableClock clock;
    private final SimulatedWorkers workers;
    private final LifecycleProjector projector;
    private final SchedulingCycle schedulingCycle;
    private final JobPauseService pauses;
    private final RunExpirer expirer;
    private Instant lastStep = Instant.MIN;
    private final List<LifecycleEvent> runEvents = new ArrayList<>();

    private SchedulerSimulation(SimulationScenario scenario, Database database) {
        this.scenario = scenario;
        this.database = database;
        this.clock = new SettableClock(start(scenario));
        this.workers = new SimulatedWorkers(database, scenario);
        var catalogue = scenario.catalogue();
        var name = new SimulatedServiceName();
        var outbox = new EventOutbox(name, clock);
        var ledger = new RunLedger();
        var states = new JobStateStore();
        var timetables = new JobTimetables();
        var freshness = new DataFreshness();
        var runFactory = new PlannedRunFactory(timetables, catalogue, new RunIdGenerator(clock));
        var planner = new FirePlanner(
                database,
                states,
                timetables,
                ledger,
                runFactory,
                outbox,
                freshness,
                new RunCancellation(ledger, catalogue, clock),
                new MissedRunPublisher(outbox, name, clock),
                new PlanningFailures(database, outbox, name),
                catalogue,
                clock);
        this.projector = LifecycleProjector.of(database, ledger, outbox, catalogue, name, clock);
        this.schedulingCycle = new SchedulingCycle(
                database,
                new CatalogueReconciler(database, states, timetables, ledger, planner, catalogue),
                planner,
                new WaitingRunDispatcher(database, ledger, outbox, freshness, catalogue, clock),
                new RetryDispatcher(database, ledger, outbox, catalogue, clock),
                catalogue,
                new SimulatedSchedulerConfig(catalogue.environment()));
        this.expirer = new RunExpirer(database, ledger, outbox, name, clock);
        this.pauses = new JobPauseService(
                database, states, timetables, planner, ledger, schedulingCycle, new AuditLog(clock), runFactory);
    }

    // One microsecond early, so that a fire exactly at the start still falls due.
    private static Instant start(SimulationScenario scenario) {
        var zone = scenario.catalogue().zone();
        return scenario.from().atStartOfDay(zone).toInstant().minus(WARM_UP).minusNanos(1_000);
    }

    /**
     * @param database migrated, otherwise empty, and used by no one else
     * @param progress called at the start of each simulated day
     */
    public static SimulatedOutcome run(SimulationScenario scenario, Database database, Consumer<Instant> progress) {
        var simulation = new SchedulerSimulation(scenario, database);
        simulation.runToEnd(progress);
        return new SimulationFindings(database, scenario).outcome(simulation.runEvents);
    }

    private void runToEnd(Consumer<Instant> progress) {
        var lastFire = lastFire();
        var end = lastFire.plus(SETTLING_TIME);
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
                .flatMap(job -> job.scheduling().schedule().timetable().fires(scenario.from(), scenario.to()).stream())
                .map(PlannedFire::at)
                .max(Comparator.naturalOrder())
                .orElse(clock.instant());
    }

    private boolean isAnyOpen(Instant lastFire) {
        return database.first("""
                select 1 from automation.run
                where status in ('queued', 'running', 'waiting_retry') and scheduled_for <= $1 limit 1
                """, row -> true, lastFire).isPresent();
    }

    // Processes this instant and returns the time of the next event.
    private Optional<Instant> step() {
        var now = clock.instant();
        database.first("select set_config('gazelle.statement_time', $1, false)", row -> true, now.toString());
        var outage = scenario.outageAt(now);
        if (outage.isPresent()) {
            return Optional.of(outage.get().to());
        }
        applyPauses(now);
        project(workers.eventsUntil(now));
        expirer.expireOverdue();
        var due = schedulingCycle.runOnce();
        runEvents.addAll(workers.drainOutbox(now));
        // The acceptance events of these triggers occur at this same instant and decide nothing.
        project(workers.eventsUntil(now));
        // Work that is due but blocked, such as a retry of a paused job, is checked every second.
        return Stream.of(
                        due.map(at -> at.isAfter(now) ? at : now.plusSeconds(1)),
                        Optional.ofNullable(workers.nextEventAt()))
                .flatMap(Optional::stream)
                .map(at -> notBeyondNextChange(now, at))
                .min(Comparator.naturalOrder());
    }

    // Pauses and resumes jobs as the scenario says.
    private void applyPauses(Instant now) {
        for (var plan : scenario.pauses()) {
            var job = scenario.catalogue().find(plan.job()).orElseThrow();
            if (isDue(plan.period().from(), now)) {
                pauses.pause(job, "simulated", "as in the scenario", null);
            }
            if (isDue(plan.period().to(), now)) {
                pauses.resume(job, "simulated", plan.catchUp());
            }
        }
        lastStep = now;
    }

    private boolean isDue(Instant planned, Instant now) {
        return planned.isAfter(lastStep) && !planned.isAfter(now);
    }

    private void project(List<LifecycleEvent> events) {
        if (!events.isEmpty()) {
            projector.project(events);
        }
    }

    // The clock must not skip the start of an outage, or of a pause or its end.
    private Instant notBeyondNextChange(Instant now, Instant next) {
        return Stream.concat(
                        scenario.outages().stream().map(SimulationScenario.SchedulerOutage::from),
                        scenario.pauses().stream()
                                .flatMap(plan -> Stream.of(
                                        plan.period().from(), plan.period().to())))
                .filter(instant -> instant.isAfter(now) && instant.isBefore(next))
                .min(Comparator.naturalOrder())
                .orElse(next);
    }

    private record SimulatedServiceName() implements ServiceIdentity {
        @Override
        public String name() {
            return "scheduler-service";
        }

        @Override
        public String host() {
            return "simulated";
        }
    }
}
