package ca.assistantgazelle.scheduler.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/** The state of the job after the call, or with {@code dry_run} the state it would have. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobPauseState(
        String jobName,
        boolean paused,
        Instant pausedAt,
        Instant until,
        String pausedBy,
        String reason,
        String catchUp,
        Integer caughtUp,
        Boolean dryRun) {}
