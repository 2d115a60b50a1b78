package ca.assistantgazelle.contract.catalogue;

import ca.assistantgazelle.contract.timetable.DstGapPolicy;
import ca.assistantgazelle.contract.timetable.RepeatedHourPolicy;
import ca.assistantgazelle.contract.topic.WorkerKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One job as written in the file; durations in ISO-8601 ({@code PT5M}). */
record JobEntry(
        String label,
        WorkerKind worker,
        List<String> schedule,
        String zone,
        DstGapPolicy gap,
        @JsonProperty("repeated_hour") RepeatedHourPolicy repeatedHour,
        List<String> exclude,
        Integer attempts,
        @JsonProperty("retry_delay") Duration retryDelay,
        MisfirePolicy misfire,
        @JsonProperty("max_lateness") Duration maxLateness,
        @JsonProperty("catch_up_cap") Integer catchUpCap,
        OverlapPolicy overlap,
        JobDependency after,
        List<FreshnessRule> fresh,
        @JsonProperty("overdue_after") Duration overdueAfter,
        Duration expected,
        @JsonProperty("hard_limit") Duration hardLimit,
        @JsonProperty("hard_limit_by_parameter") Map<String, Map<String, Duration>> hardLimitByParameter,
        Duration drain,
        Duration grace,
        @JsonProperty("run_with") Map<String, Object> runWith,
        @JsonProperty("run_with_at") Map<String, Map<String, Object>> runWithAt,
        Map<String, JobParameter> parameters) {}
