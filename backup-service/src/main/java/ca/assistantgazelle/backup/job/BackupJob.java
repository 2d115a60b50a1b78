package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.contract.event.RunError;
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
 * The nightly backup: dumps the database, verifies and publishes the archive at every destination, checks the
 * inventory, applies retention and runs the weekly restore drill. It succeeds only if every step succeeded.
 */
@Singleton
final class BackupJob implements JobHandler {
    private final BackupRunFactory runFactory;

    BackupJob(BackupRunFactory nights) {
        this.runFactory = nights;
    }

    @Override
    public Set<String> jobIds() {
        return Set.of("backup_supabase_daily");
    }

    @Override
    public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
        var outcome = new BackupRunDetails();
        try {
            runFactory.createRun(context, outcome).run();
        } catch (SocketTimeoutException e) {
            throw new JobFailedException(RunErrors.unexpected(e), outcome.toJobResult(), e);
        } catch (InterruptedIOException e) {
            var stopped = new InterruptedException("interrupted");
            stopped.initCause(e);
            throw stopped;
        } catch (BackupException e) {
            runFactory.countFailure(e.errorClass());
            throw new JobFailedException(toRunError(e), outcome.toJobResult(), e);
        } catch (StaleFenceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new JobFailedException(RunErrors.unexpected(e), outcome.toJobResult(), e);
        }
        return outcome.toJobResult();
    }

    // Not retryable: a person decides whether to run it again.
    private static RunError toRunError(BackupException e) {
        return new RunError(e.errorClass().code(), false, e.getMessage(), e.suggestion());
    }
}
