package ca.assistantgazelle.simulator;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.runtime.config.EnvironmentConfig;
import java.nio.file.Path;
import java.util.Optional;

record SimulatedSchedulerConfig(DeploymentEnvironment catalogueEnvironment) implements EnvironmentConfig {
    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public String environment() {
        return catalogueEnvironment.id();
    }

    @Override
    public Optional<Path> jobsFile() {
        return Optional.empty();
    }
}
