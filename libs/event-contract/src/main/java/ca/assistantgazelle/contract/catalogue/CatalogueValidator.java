package ca.assistantgazelle.contract.catalogue;

import java.util.HashSet;
import java.util.List;

/** Validates each job of a catalogue, and the references between jobs. */
final class CatalogueValidator {
    private CatalogueValidator() {}

    static void validate(String file, List<JobDefinition> jobs) {
        for (var job : jobs) {
            if (!job.id().matches("[a-z0-9][a-z0-9_.-]{0,99}")) {
                throw invalid(
                        file,
                        job,
                        "[id]",
                        "a job id must consist of at most 100 lower-case letters, digits and _ . -, and begin with a-z or 0-9");
            }
            if (job.attempts() < 1 || job.attempts() > 100) {
                throw invalid(
                        file, job, "[attempts]", "attempts is " + job.attempts() + "; it must be between 1 and 100");
            }
            job.scheduling().dependency().ifPresent(after -> requireJob(file, job, "[after]", after.job(), jobs));
            job.scheduling().freshnessRules().forEach(fresh -> {
                requireJob(file, job, "[fresh]", fresh.job(), jobs);
                if (fresh.job().equals(job.id())) {
                    throw invalid(file, job, "[fresh]", "a job cannot depend on the freshness of its own data");
                }
            });
            job.parameters().forEach((name, parameter) -> {
                if (parameter.type() == JobParameterKind.CHOICE
                        && parameter.choices().isEmpty()) {
                    throw invalid(file, job, "[parameters, " + name + "]", "a choice needs 'choices'");
                }
            });
            requireNoCycle(file, job, jobs);
        }
    }

    private static void requireJob(String file, JobDefinition job, String key, String named, List<JobDefinition> jobs) {
        if (jobs.stream().noneMatch(other -> other.id().equals(named))) {
            throw invalid(file, job, key, "unknown job '" + named + "'; it must be a job of this catalogue");
        }
    }

    private static void requireNoCycle(String file, JobDefinition job, List<JobDefinition> jobs) {
        var seen = new HashSet<String>();
        var next = job;
        while (next != null && next.scheduling().after() != null) {
            if (!seen.add(next.id())) {
                throw invalid(file, job, "[after]", "the jobs " + seen + " form a dependency cycle");
            }
            var awaited = next.scheduling().after().job();
            next = jobs.stream()
                    .filter(other -> other.id().equals(awaited))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static InvalidCatalogueException invalid(String file, JobDefinition job, String key, String why) {
        return new InvalidCatalogueException(file + ": job " + job.id() + ": key " + key + ": " + why);
    }
}
