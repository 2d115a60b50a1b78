package ca.assistantgazelle.runner.process;

import ca.assistantgazelle.runner.gateway.LocalGateway;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
import ca.assistantgazelle.runner.plan.LocalSystemState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Starts, supervises and stops all processes of a local system. */
public final class LocalSystem {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration READY_POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration SUPERVISION_INTERVAL = Duration.ofMillis(500);
    private static final int HEAP_MEGABYTES = 128;
    private static final int MAX_RESTARTS = 20;

    private final LocalSystemPlan plan;
    private final RunnerConsole console;
    private final EmulatorProcesses emulators;
    private final Map<LocalService, ServiceProcess> services = new LinkedHashMap<>();
    private LocalGateway gateway;
    private final ReentrantLock startLock = new ReentrantLock();
    private volatile boolean stopping;

    public LocalSystem(LocalSystemPlan plan, RunnerConsole console) {
        this.plan = plan;
        this.console = console;
        this.emulators = new EmulatorProcesses(plan, console);
    }

    /**
     * Starts everything and waits until every service is ready.
     *
     * @throws IllegalStateException naming the process that failed to start, with the end of its log
     */
    public void start() throws InterruptedException, ExecutionException, TimeoutException {
        runStep(this::writeState);
        for (var start : emulators.startSteps()) {
            runStep(start);
            runStep(this::writeState);
        }
        for (var service : LocalService.values()) {
            runStep(() -> start(service));
        }
        runStep(this::writeState);
        awaitReady();
        gateway = LocalGateway.start(plan);
        console.printStep("gateway       " + plan.gatewayUrl());
        writeState();
    }

    private void start(LocalService service) {
        var command = JavaCommandLine.command(
                HEAP_MEGABYTES,
                plan.home().classArchive(service.serviceName()),
                "-jar",
                service.jar(plan.home().repository()).toString());
        var child = new ServiceProcess(
                service.serviceName(),
                command,
                plan.variables(service),
                plan.home().logFile(service.serviceName()));
        child.start();
        services.put(service, child);
    }

    // stop() waits for the current step, and no further step begins.
    private void runStep(Runnable step) {
        startLock.lock();
        try {
            if (stopping) {
                throw new IllegalStateException("stopped during startup");
            }
            step.run();
        } finally {
            startLock.unlock();
        }
    }

    /** The pid of the service; empty before it was started. */
    public Optional<Long> pid(LocalService service) {
        return Optional.ofNullable(services.get(service)).map(ServiceProcess::pid);
    }

    /** Restarts processes that end, until the system is stopped. */
    public void supervise() {
        while (!stopping) {
            LockSupport.parkNanos(SUPERVISION_INTERVAL.toNanos());
            if (!stopping) {
                restartEnded();
            }
        }
    }

    /** Stops the services first, so that they can still reach database and broker. May be called during startup. */
    public void stop() {
        stopping = true;
        startLock.lock();
        try {
            var steps = new ArrayList<Runnable>();
            if (gateway != null) {
                steps.add(gateway::close);
            }
            services.values().forEach(child -> steps.add(child::stop));
            services.values().forEach(child -> steps.add(child::awaitExit));
            steps.add(emulators::stop);
            steps.add(() -> LocalSystemState.delete(plan.home()));
            steps.forEach(this::runStopStep);
        } finally {
            startLock.unlock();
        }
    }

    // A failing step must not prevent the others.
    private void runStopStep(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            console.printStep("Failed to stop a component: " + e);
        }
    }

    private void awaitReady() {
        var waiting = new ArrayList<>(List.of(LocalService.values()));
        var limit = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (!waiting.isEmpty() && !stopping) {
            for (var service : List.copyOf(waiting)) {
                var child = services.get(service);
                if (!child.isAlive()) {
                    throw new IllegalStateException(service.serviceName()
                            + " ended before it was ready. Its log "
                            + child.log()
                            + " ends with:\n"
                            + child.logTail());
                }
                if (ReadinessProbe.isReady("http://127.0.0.1:" + plan.port(service.port()))) {
                    waiting.remove(service);
                    console.printStep(
                            "%-17s http://127.0.0.1:%d".formatted(service.serviceName(), plan.port(service.port())));
                }
            }
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(
                        waiting + " not ready after " + READY_TIMEOUT.toSeconds() + " s; see ./gazelle logs");
            }
            LockSupport.parkNanos(READY_POLL_INTERVAL.toNanos());
        }
    }

    private void restartEnded() {
        var peer = emulators.restartOne();
        if (peer != null) {
            console.printStep(peer + " exited unexpectedly and was restarted");
            writeState();
        }
        for (var child : services.values()) {
            if (!child.isAlive() && !child.isStopping() && !stopping) {
                int times = child.restart();
                console.printStep("%s exited unexpectedly and was restarted (%d of %d)"
                        .formatted(child.name(), times, MAX_RESTARTS));
                writeState();
                if (times > MAX_RESTARTS) {
                    console.printStep("%s exited %d times and is not restarted again; see %s"
                            .formatted(child.name(), times, child.log()));
                    child.stop();
                }
            }
        }
    }

    private void writeState() {
        var pids = new LinkedHashMap<>(emulators.pids());
        services.forEach((service, child) -> pids.put(service.serviceName(), child.pid()));
        LocalSystemState.current(plan, pids).write(plan.home());
    }
}
