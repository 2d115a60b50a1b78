package ca.assistantgazelle.nightly;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.execution.RunErrors;
import ca.assistantgazelle.worker.inbox.StaleFenceException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Set;

/**
 * The nightly backup: dumped, verified and published everywhere, then what lies at the destinations
 * is looked through, old backups are removed, and once a week a restore is rehearsed. It succeeds
 * when all of that did.
 */
@Singleton
final class BackupJob implements JobHandler {
  private final Nights nights;

  BackupJob(Nights nights) {
    this.nights = nights;
  }

  @Override
  public Set<String> jobIds() {
    return Set.of("backup_supabase_daily");
  }

  @Override
  public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
    var outcome = new Outcome();
    try {
      nights.begin(context, outcome).run();
    } catch (SocketTimeoutException e) {
      throw new JobFailedException(RunErrors.unexpected(e), outcome.result(), e);
    } catch (InterruptedIOException e) {
      var stopped = new InterruptedException("told to stop");
      stopped.initCause(e);
      throw stopped;
    } catch (BackupException e) {
      nights.count(e.why());
      throw new JobFailedException(error(e), outcome.result(), e);
    } catch (StaleFenceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobFailedException(RunErrors.unexpected(e), outcome.result(), e);
    }
    return outcome.result();
  }

  // One attempt: trying again is a person's decision, under nobody's feet.
  private static RunError error(BackupException e) {
    return new RunError(e.why().errorClass(), false, e.getMessage(), e.suggestion());
  }
}
