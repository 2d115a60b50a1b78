package ca.assistantgazelle.alert.appointment;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Provides the institutions, loaded once at startup. */
final class InstitutionDirectoryProducer {
    @Produces
    @Singleton
    InstitutionDirectory institutions(AlertsConfig config) {
        return InstitutionDirectory.load(config.institutionsFile().map(Path::of).orElse(null));
    }
}
