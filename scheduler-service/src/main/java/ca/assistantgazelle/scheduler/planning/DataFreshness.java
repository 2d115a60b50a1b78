package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.catalogue.FreshnessRule;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks how old the data is that a run depends on. */
@Singleton
public class DataFreshness {

    /** When the jobs that these jobs depend on last succeeded; absent if they never did. */
    Map<String, Instant> lastSuccesses(SqlQueries queries, Collection<JobDefinition> jobs) {
        var asked = jobs.stream()
                .flatMap(job -> job.scheduling().freshnessRules().stream())
                .map(FreshnessRule::job)
                .distinct()
                .toArray(String[]::new);
        var successes = new HashMap<String, Instant>();
        if (asked.length > 0) {
            queries.list("""
                    select wanted.job, latest.finished_at
                    from unnest($1::text[]) as wanted (job) cross join lateral (
                      select finished_at from automation.run
                      where job = wanted.job and status = 'success' and finished_at is not null
                      order by finished_at desc limit 1) latest
                    """, row -> Map.entry(row.getString("job"), SqlQueries.instant(row, "finished_at")), (Object)
                            asked)
                    .forEach(entry -> successes.put(entry.getKey(), entry.getValue()));
        }
        return successes;
    }

    /** The violated freshness requirement, if any; one that prevents the run takes precedence. */
    static Optional<StaleData> check(JobDefinition job, Map<String, Instant> successes, Instant now) {
        return job.scheduling().freshnessRules().stream()
                .filter(fresh -> {
                    var success = successes.get(fresh.job());
                    return success == null || Duration.between(success, now).compareTo(fresh.within()) > 0;
                })
                .map(fresh -> new StaleData(fresh, describe(fresh, successes.get(fresh.job()), now)))
                .min((a, b) -> Boolean.compare(b.preventsRun(), a.preventsRun()));
    }

    private static String describe(FreshnessRule fresh, Instant success, Instant now) {
        return success == null
                ? fresh.job() + " has never succeeded"
                : "the data of " + fresh.job() + " is " + FirePolicy.format(Duration.between(success, now)) + " old";
    }
}
