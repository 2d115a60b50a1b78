package ca.assistantgazelle.runtime.config;

import ca.assistantgazelle.contract.catalogue.CatalogueFile;
import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the job catalogue at startup; an invalid one ends the process. */
final class CatalogueProducer {
    @Produces
    @Singleton
    @Startup
    JobCatalogue catalogue(EnvironmentConfig config) {
        return CatalogueFile.load(config.jobsFile().orElse(null), DeploymentEnvironment.of(config.environment()));
    }
}
