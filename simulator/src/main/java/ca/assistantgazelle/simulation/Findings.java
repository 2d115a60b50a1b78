package ca.assistantgazelle.simulation;

import ca.assistantgazelle.event.LifecycleEvent;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.simulation.Outcome.SimulatedFire;
import ca.assistantgazelle.simulation.Outcome.Told;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.timetable.Fire;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads the ledger after a simulation. */
record Findings(Database database, Scenario scenario) {
  Outcome outcome(List<LifecycleEvent> news) {
    var runs =
        database.list(
            "select * from automation.run where fire_key is not null order by scheduled_for, nominal, job",
            Run::read);
    var notes = notes();
    var fires =
        runs.stream().filter(this::isAsked).map(run -> fire(run, notes.get(key(run)))).toList();
    var summary = new TreeMap<String, Integer>();
    fires.forEach(fire -> summary.merge(fire.disposition(), 1, Integer::sum));
    var zone = scenario.catalogue().zone().getId();
    return new Outcome(
        scenario.from().toString(),
        scenario.to().toString(),
        scenario.catalogue().environment().word(),
        zone,
        ZoneRulesProvider.getVersions(zone).lastKey(),
        summary,
        fires,
        told(news, runs));
  }

  private boolean isAsked(Run run) {
    LocalDate date = LocalDateTime.parse(run.nominal()).toLocalDate();
    return !date.isBefore(scenario.from()) && date.isBefore(scenario.to());
  }

  private SimulatedFire fire(Run run, Fire planned) {
    return new SimulatedFire(
        run.job(),
        run.nominal(),
        run.zone(),
        run.scheduledFor(),
        run.disposition() == null ? "OPEN" : run.disposition(),
        run.status().word(),
        planned == null || planned.note() == null ? null : planned.note().name(),
        run.reason(),
        run.cause().name(),
        run.startedAt(),
        run.finishedAt(),
        run.startedAt() == null
            ? null
            : Duration.between(run.scheduledFor(), run.startedAt()).toSeconds(),
        run.status() == RunStatus.NOT_RUN || run.startedAt() == null ? 0 : run.attempt(),
        run.parameters());
  }

  private Map<String, Fire> notes() {
    var notes = new HashMap<String, Fire>();
    for (var job : scenario.catalogue().jobs()) {
      for (var fire : job.planning().schedule().timetable().fires(scenario.from(), scenario.to())) {
        notes.put(job.id() + " " + fire.key(), fire);
      }
    }
    return notes;
  }

  private static String key(Run run) {
    return run.job() + " " + run.fireKey();
  }

  private List<Told> told(List<LifecycleEvent> news, List<Run> runs) {
    var byId = new HashMap<UUID, Run>();
    runs.forEach(run -> byId.put(run.runId(), run));
    return news.stream()
        .filter(event -> byId.containsKey(event.runId()) && isAsked(byId.get(event.runId())))
        .map(
            event ->
                new Told(
                    event.at(),
                    event.event().name(),
                    event.job(),
                    byId.get(event.runId()).nominal(),
                    event.error() == null ? null : event.error().message()))
        .toList();
  }
}
