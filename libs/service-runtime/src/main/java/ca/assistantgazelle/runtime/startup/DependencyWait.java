package ca.assistantgazelle.runtime.startup;

import ca.assistantgazelle.database.UnusableDatabaseException;
import ca.assistantgazelle.runtime.retry.PeerRetry;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Waits at startup for a database or broker that does not answer yet, without an end, and answers the probes meanwhile.
 * Ends at once when waiting cannot help: a wrong password, a missing database, an unusable one.
 */
final class DependencyWait implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DependencyWait.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    private final String host;
    private final int port;
    private StartupProbeServer probes;
    private boolean portTaken;

    DependencyWait(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * @param what the dependency, for the log
     * @throws UnusableDatabaseException if the database needs a manual change
     */
    <T> T untilAvailable(String what, Callable<T> preparation) {
        var retry = new PeerRetry(
                "Connecting to " + what,
                PeerRetry.UNLIMITED,
                RETRY_INTERVAL,
                RETRY_INTERVAL,
                this::isTransient,
                failure -> Duration.ZERO);
        try {
            return retry.call(() -> prepare(what, preparation));
        } catch (UnusableDatabaseException e) {
            LOG.fatalf("Failed to start: the database needs a manual change. %s", e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    private static <T> T prepare(String what, Callable<T> preparation) throws InterruptedException {
        try {
            return preparation.call();
        } catch (UnusableDatabaseException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(what + " cannot be used: " + e.getMessage(), e);
        }
    }

    private boolean isTransient(Throwable failure) {
        boolean permanent = isPermanent(failure);
        if (!permanent) {
            answerProbes();
        }
        return !permanent;
    }

    private void answerProbes() {
        if (probes != null || portTaken) {
            return;
        }
        try {
            probes = StartupProbeServer.start(host, port);
        } catch (UncheckedIOException e) {
            portTaken = true;
            LOG.warnf(
                    "Port %d cannot be opened, so that the probes are not answered yet: %s",
                    port, e.getCause().getMessage());
        }
    }

    // Retrying does not help with a wrong password or a missing database.
    private static boolean isPermanent(Throwable failure) {
        if (failure instanceof UnusableDatabaseException) {
            return true;
        }
        return failure.getCause() instanceof SQLException refused
                && refused.getSQLState() != null
                && (refused.getSQLState().startsWith("28")
                        || refused.getSQLState().startsWith("3D"));
    }

    @Override
    public void close() {
        if (probes != null) {
            probes.close();
        }
    }
}
