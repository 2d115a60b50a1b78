package ca.assistantgazelle.monitoring;

import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.catalogue.JobCatalogue;
import ca.assistantgazelle.problem.Problem;
import ca.assistantgazelle.problem.ProblemException;

/** Finds the job a caller names. */
public record KnownJobs(JobCatalogue catalogue) {
  /**
   * @throws ProblemException 404 naming the known jobs
   */
  public Job require(String name) {
    return catalogue
        .find(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                            404,
                            "Not Found",
                            "There is no such job; the known jobs are " + catalogue.ids() + ".")
                        .with("known_jobs", catalogue.ids())));
  }
}
