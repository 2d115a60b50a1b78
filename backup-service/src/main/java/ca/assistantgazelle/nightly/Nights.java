package ca.assistantgazelle.nightly;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.inventory.Inventory;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.runtime.sql.DatabaseConfig;
import ca.assistantgazelle.setup.Setup;
import ca.assistantgazelle.worker.execution.JobContext;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Prepares a night's work from what the service was told and what its database remembers. */
@Singleton
class Nights {
  private final Setup setup;
  private final Source source;
  private final Signals signals;
  private final Clock clock;

  Nights(Config config, DatabaseConfig connection, MeterRegistry meters, Clock clock) {
    this.setup = new Setup(name -> config.getOptionalValue(name, String.class));
    var owner = connection.owner();
    this.source =
        new Source(
            owner.host(),
            owner.port(),
            owner.database(),
            owner.user(),
            owner.password(),
            owner.sslMode());
    this.signals = new Signals(meters, clock);
    this.clock = clock;
  }

  Night begin(JobContext context, Outcome outcome) throws BackupException {
    var secret = setup.sealSecret();
    var seal = new Seal(secret.isPresent() ? secret.get() : context.write(Inventory::secret));
    return new Night(context, setup, source, seal, outcome, signals, clock);
  }

  void count(Cause cause) {
    signals.failed(cause);
  }
}
