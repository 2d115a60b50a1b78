package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.timetable.PlannedFire;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunRows;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import ca.assistantgazelle.simulator.SimulatedOutcome.ReportedEvent;
import ca.assistantgazelle.simulator.SimulatedOutcome.SimulatedFire;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads the results of a simulation from the database. */
record SimulationFindings(Database database, SimulationScenario scenario) {
    SimulatedOutcome outcome(List<LifecycleEvent> events) {
        var runs = database.list(
                "select * from automation.run where fire_key is not null order by scheduled_for, nominal, job",
                RunRows::fromRow);
        var notes = plannedFires();
        var fires = runs.stream()
                .filter(this::isInPeriod)
                .map(run -> fire(run, notes.get(key(run))))
                .toList();
        var summary = new TreeMap<String, Integer>();
        fires.forEach(fire -> summary.merge(fire.disposition(), 1, Integer::sum));
        var zone = scenario.catalogue().zone().getId();
        return new SimulatedOutcome(
                scenario.from().toString(),
                scenario.to().toString(),
                scenario.catalogue().environment().id(),
                zone,
                ZoneRulesProvider.getVersions(zone).lastKey(),
                summary,
                fires,
                reportedEvents(events, runs));
    }

    private boolean isInPeriod(JobRun run) {
        LocalDate date = LocalDateTime.parse(run.fire().nominal()).toLocalDate();
        return !date.isBefore(scenario.from()) && date.isBefore(scenario.to());
    }

    private SimulatedFire fire(JobRun run, PlannedFire planned) {
        var startedAt = run.times().startedAt();
        var disposition = run.state().disposition();
        return new SimulatedFire(
                run.job(),
                run.fire().nominal(),
                run.fire().zone(),
                run.fire().scheduledFor(),
                disposition == null ? "OPEN" : disposition,
                run.status().value(),
                planned == null || planned.note() == null
                        ? null
                        : planned.note().name(),
                run.reason(),
                run.cause().name(),
                startedAt,
                run.times().finishedAt(),
                startedAt == null
                        ? null
                        : Duration.between(run.fire().scheduledFor(), startedAt).toSeconds(),
                run.status() == RunStatus.NOT_RUN || startedAt == null
                        ? 0
                        : run.state().attempt(),
                run.parameters());
    }

    private Map<String, PlannedFire> plannedFires() {
        var notes = new HashMap<String, PlannedFire>();
        for (var job : scenario.catalogue().jobs()) {
            for (var fire : job.scheduling().schedule().timetable().fires(scenario.from(), scenario.to())) {
                notes.put(job.id() + " " + fire.key(), fire);
            }
        }
        return notes;
    }

    private static String key(JobRun run) {
        return run.job() + " " + run.fire().key();
    }

    private List<ReportedEvent> reportedEvents(List<LifecycleEvent> events, List<JobRun> runs) {
        var byId = new HashMap<UUID, JobRun>();
        runs.forEach(run -> byId.put(run.runId(), run));
        return events.stream()
                .filter(event -> byId.containsKey(event.runId()) && isInPeriod(byId.get(event.runId())))
                .map(event -> new ReportedEvent(
                        event.at(),
                        event.event().name(),
                        event.job(),
                        byId.get(event.runId()).fire().nominal(),
                        event.error() == null ? null : event.error().message()))
                .toList();
    }
}
