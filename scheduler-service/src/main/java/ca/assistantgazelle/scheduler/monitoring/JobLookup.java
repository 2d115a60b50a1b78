package ca.assistantgazelle.scheduler.monitoring;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.runtime.problem.HttpProblem;
import ca.assistantgazelle.runtime.problem.ProblemException;

/** Looks up the job named in a request. */
public record JobLookup(JobCatalogue catalogue) {
    /** @throws ProblemException 404 with the list of known jobs */
    public JobDefinition require(String name) {
        return catalogue
                .find(name)
                .orElseThrow(() -> new ProblemException(HttpProblem.of(
                                404, "Not Found", "Unknown job '" + name + "'. Known jobs: " + catalogue.ids() + ".")
                        .with("known_jobs", catalogue.ids())));
    }
}
