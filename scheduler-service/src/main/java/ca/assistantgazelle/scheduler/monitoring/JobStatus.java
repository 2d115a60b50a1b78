package ca.assistantgazelle.scheduler.monitoring;

import ca.assistantgazelle.scheduler.planning.JobPauseService;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;

/**
 * Status of one job.
 *
 * @param pause the active pause; null if the job is not paused
 * @param nextRunAt null if nothing is planned
 * @param running the open run, or null
 * @param lastRun the newest run, open or not; null if there was none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record JobStatus(
        String jobName,
        String label,
        List<String> schedule,
        boolean paused,
        JobPauseService.ActivePause pause,
        Instant nextRunAt,
        RunView running,
        RunView lastRun,
        Instant lastSuccessAt,
        boolean overdue) {}
