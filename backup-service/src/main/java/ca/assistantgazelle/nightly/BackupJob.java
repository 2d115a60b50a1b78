package ca.assistantgazelle.nightly;

import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.workshop.JobCode;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.Workbench;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;

/**
 * The nightly backup: dumped, verified and published everywhere, then what lies at the destinations
 * is looked through, old backups are removed, and once a week a restore is rehearsed. It succeeds
 * when all of that did.
 */
@Singleton
final class BackupJob implements JobCode {
  private final Nights nights;

  BackupJob(Nights nights) {
    this.nights = nights;
  }

  @Override
  public Set<String> jobs() {
    return Set.of("backup_supabase_daily");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException, InterruptedException {
    var outcome = new Outcome();
    try {
      nights.begin(bench, outcome).run();
    } catch (InterruptedIOException e) {
      var stopped = new InterruptedException("told to stop");
      stopped.initCause(e);
      throw stopped;
    } catch (BackupException e) {
      nights.count(e.why());
      throw new JobFailedException(error(e), outcome.result(), e);
    } catch (IOException e) {
      throw new JobFailedException(
          new RunError(
              "UNEXPECTED",
              false,
              e.toString(),
              "This is a defect: report it with the run's id and its log."),
          outcome.result(),
          e);
    }
    return outcome.result();
  }

  // One attempt: trying again is a person's decision, under nobody's feet.
  private static RunError error(BackupException e) {
    return new RunError(e.why().errorClass(), false, e.getMessage(), e.suggestion());
  }
}
