package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.scheduler.planning.CatchUpMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Input of a simulation.
 *
 * @param from first local date whose fires are reported
 * @param to end date, exclusive
 * @param outages periods without a scheduler, during which workers continue
 * @param pauses periods during which a job is paused
 * @param lasts duration of attempts by job, instead of the expected duration
 * @param fails number of attempts by job that fail in each run before one succeeds
 */
public record SimulationScenario(
        JobCatalogue catalogue,
        LocalDate from,
        LocalDate to,
        List<SchedulerOutage> outages,
        List<SimulatedPause> pauses,
        Map<String, Duration> lasts,
        Map<String, Integer> fails) {
    /** A period without a scheduler; the end is exclusive. */
    public record SchedulerOutage(Instant from, Instant to) {}

    /** A job is paused at the start of the period and resumed at its end. */
    public record SimulatedPause(String job, SchedulerOutage period, CatchUpMode catchUp) {}

    Duration lasts(JobDefinition job) {
        return lasts.getOrDefault(job.id(), job.expectedDuration());
    }

    boolean succeeds(JobDefinition job, int attempt) {
        return attempt > fails.getOrDefault(job.id(), 0);
    }

    Optional<SchedulerOutage> outageAt(Instant now) {
        return outages.stream()
                .filter(outage -> !now.isBefore(outage.from()) && now.isBefore(outage.to()))
                .findFirst();
    }
}
