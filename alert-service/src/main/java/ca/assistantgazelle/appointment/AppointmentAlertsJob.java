package ca.assistantgazelle.appointment;

import ca.assistantgazelle.workshop.JobCode;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.NotAvailable;
import ca.assistantgazelle.workshop.Workbench;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * E-mails about unconfirmed appointments. Its code is not in this version: every attempt ends as an
 * error that says so.
 */
@Singleton
final class AppointmentAlertsJob implements JobCode {
  @Override
  public Set<String> jobs() {
    return Set.of("alertes_rv_court_terme", "alertes_rv_long_terme");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException {
    throw NotAvailable.failure(bench);
  }
}
