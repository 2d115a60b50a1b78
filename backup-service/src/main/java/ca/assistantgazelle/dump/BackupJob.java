package ca.assistantgazelle.dump;

import ca.assistantgazelle.workshop.JobCode;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.NotAvailable;
import ca.assistantgazelle.workshop.Workbench;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * The nightly backup. Its code is not in this version: every attempt ends as an error that says so.
 */
@Singleton
final class BackupJob implements JobCode {
  @Override
  public Set<String> jobs() {
    return Set.of("backup_supabase_daily");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException {
    throw NotAvailable.failure(bench);
  }
}
