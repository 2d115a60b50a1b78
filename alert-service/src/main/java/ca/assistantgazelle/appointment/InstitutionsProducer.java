package ca.assistantgazelle.appointment;

import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.mail.AlertsConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The institutions, read once at the start. */
final class InstitutionsProducer {
  @Produces
  @Singleton
  InstitutionDirectory institutions(AlertsConfig config) {
    return InstitutionDirectory.load(config.institutionsFile().map(Path::of).orElse(null));
  }
}
