package ca.assistantgazelle.runtime.task;

import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Repeats a step on its own virtual thread: at once when woken or while there is more to do, otherwise once per period.
 * A failure, also an {@link Error}, is logged once and the step is retried; only a failure of the JVM itself ends the
 * process.
 */
public final class PeriodicTask implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PeriodicTask.class);

    /** The exit code of an internal software error, as in {@code sysexits.h}. */
    private static final int EXIT_SOFTWARE = 70;

    private final String name;
    private final Duration period;
    private final BooleanSupplier step;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private boolean failing;

    private PeriodicTask(String name, Duration period, BooleanSupplier step) {
        this.name = name;
        this.period = period;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** @param step returns whether there is more to do at once */
    public static PeriodicTask start(String name, Duration period, BooleanSupplier step) {
        var task = new PeriodicTask(name, period, step);
        task.wake();
        task.thread.start();
        return task;
    }

    /** Like {@link #start}, but the first step runs after one period, unless woken earlier. */
    public static PeriodicTask startDelayed(String name, Duration period, BooleanSupplier step) {
        var task = new PeriodicTask(name, period, step);
        task.thread.start();
        return task;
    }

    /** Runs the step as soon as possible. */
    public void wake() {
        wake.release();
    }

    /** Stops after the current step, and waits for it. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        awaitNextStep();
        while (!stopping) {
            boolean more = runStep();
            if (!more && !stopping) {
                awaitNextStep();
            }
        }
    }

    private boolean runStep() {
        try {
            boolean more = step.getAsBoolean();
            if (failing) {
                LOG.infof("%s recovered", name);
                failing = false;
            }
            return more;
        } catch (VirtualMachineError e) {
            if (e instanceof StackOverflowError) {
                return logFailure(e);
            }
            LOG.fatalf(e, "%s: the JVM failed, ending the process", name);
            Quarkus.asyncExit(EXIT_SOFTWARE);
            return false;
        } catch (RuntimeException | Error e) {
            return logFailure(e);
        }
    }

    private boolean logFailure(Throwable e) {
        if (!failing && !stopping) {
            LOG.warnf("%s failed, retrying: %s", name, DatabaseRetry.describe(e));
            LOG.debug(name, e);
            failing = true;
        }
        return false;
    }

    private void awaitNextStep() {
        try {
            if (wake.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
