package ca.assistantgazelle.nightly;

import ca.assistantgazelle.desk.FenceLostException;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.workshop.Failures;
import ca.assistantgazelle.workshop.JobCode;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.Workbench;
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
    } catch (SocketTimeoutException e) {
      throw new JobFailedException(Failures.unforeseen(e), outcome.result(), e);
    } catch (InterruptedIOException e) {
      var stopped = new InterruptedException("told to stop");
      stopped.initCause(e);
      throw stopped;
    } catch (BackupException e) {
      nights.count(e.why());
      throw new JobFailedException(error(e), outcome.result(), e);
    } catch (FenceLostException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new JobFailedException(Failures.unforeseen(e), outcome.result(), e);
    }
    return outcome.result();
  }

  // One attempt: trying again is a person's decision, under nobody's feet.
  private static RunError error(BackupException e) {
    return new RunError(e.why().errorClass(), false, e.getMessage(), e.suggestion());
  }
}
