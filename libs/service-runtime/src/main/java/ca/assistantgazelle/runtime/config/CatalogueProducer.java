package ca.assistantgazelle.runtime.config;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobCatalogueFile;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the job catalogue at startup; an invalid one ends the process. */
final class CatalogueProducer {
    @Produces
    @Singleton
    @Startup
    JobCatalogue catalogue(EnvironmentConfig config) {
        return JobCatalogueFile.load(config.jobsFile().orElse(null), DeploymentEnvironment.of(config.environment()));
    }
}
