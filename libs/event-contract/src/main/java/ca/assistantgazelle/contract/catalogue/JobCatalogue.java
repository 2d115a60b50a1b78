package ca.assistantgazelle.contract.catalogue;

import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All jobs of one environment, in the catalogue's order. */
public final class JobCatalogue {
    private final DeploymentEnvironment environment;
    private final ZoneId zone;
    private final Map<String, JobDefinition> jobs;

    JobCatalogue(DeploymentEnvironment environment, ZoneId zone, List<JobDefinition> jobs) {
        this.environment = environment;
        this.zone = zone;
        this.jobs = new LinkedHashMap<>();
        jobs.forEach(job -> this.jobs.put(job.id(), job));
    }

    public DeploymentEnvironment environment() {
        return environment;
    }

    /** The zone in which every schedule is read. */
    public ZoneId zone() {
        return zone;
    }

    public Collection<JobDefinition> jobs() {
        return List.copyOf(jobs.values());
    }

    public List<String> ids() {
        return List.copyOf(jobs.keySet());
    }

    public Optional<JobDefinition> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
