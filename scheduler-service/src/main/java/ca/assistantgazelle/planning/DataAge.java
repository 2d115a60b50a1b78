package ca.assistantgazelle.planning;

import ca.assistantgazelle.catalogue.Freshness;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.sql.Queries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How old the data is that a run starts with. */
@Singleton
public class DataAge {
  /** Data that is older than it should be. */
  record Stale(Freshness asked, String reason) {
    boolean forbids() {
      return asked.otherwise() == Freshness.Otherwise.SKIP;
    }
  }

  /** When the jobs that these jobs depend on last succeeded; absent when they never did. */
  Map<String, Instant> lastSuccesses(Queries queries, Collection<Job> jobs) {
    var asked =
        jobs.stream()
            .flatMap(job -> job.planning().fresh().stream())
            .map(Freshness::job)
            .distinct()
            .toArray(String[]::new);
    var successes = new HashMap<String, Instant>();
    if (asked.length > 0) {
      queries
          .list(
              """
              select wanted.job, latest.finished_at
              from unnest($1::text[]) as wanted (job) cross join lateral (
                select finished_at from automation.run
                where job = wanted.job and status = 'success' and finished_at is not null
                order by finished_at desc limit 1) latest
              """,
              row -> Map.entry(row.getString(0), row.getOffsetDateTime(1).toInstant()),
              (Object) asked)
          .forEach(entry -> successes.put(entry.getKey(), entry.getValue()));
    }
    return successes;
  }

  /** What is wrong with the data's age; one that forbids the run comes first. */
  static Optional<Stale> of(Job job, Map<String, Instant> successes, Instant now) {
    return job.planning().fresh().stream()
        .filter(
            fresh -> {
              var success = successes.get(fresh.job());
              return success == null
                  || Duration.between(success, now).compareTo(fresh.within()) > 0;
            })
        .map(fresh -> new Stale(fresh, sentence(fresh, successes.get(fresh.job()), now)))
        .min((a, b) -> Boolean.compare(b.forbids(), a.forbids()));
  }

  private static String sentence(Freshness fresh, Instant success, Instant now) {
    return success == null
        ? fresh.job() + " has never succeeded"
        : "the data of "
            + fresh.job()
            + " is "
            + FirePolicy.words(Duration.between(success, now))
            + " old";
  }
}
