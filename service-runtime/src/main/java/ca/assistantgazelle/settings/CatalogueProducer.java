package ca.assistantgazelle.settings;

import ca.assistantgazelle.catalogue.CatalogueFile;
import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.JobCatalogue;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the catalogue once, at start: an invalid one ends the process. */
final class CatalogueProducer {
  @Produces
  @Singleton
  @Startup
  JobCatalogue catalogue(SchedulerConfig config) {
    return CatalogueFile.load(config.jobsFile().orElse(null), Environment.of(config.environment()));
  }
}
