package ca.assistantgazelle.runner.process;

import ca.assistantgazelle.runner.gateway.Gateway;
import ca.assistantgazelle.runner.plan.Plan;
import ca.assistantgazelle.runner.plan.Service;
import ca.assistantgazelle.runner.plan.SystemState;
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

/**
 * Everything of a local system, from the first process to the last: starts it, watches over it,
 * stops it.
 */
public final class LocalSystem {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration WATCH = Duration.ofMillis(500);
  private static final int HEAP_MEGABYTES = 128;
  private static final int MOST_RESTARTS = 20;

  private final Plan plan;
  private final Console console;
  private final Peers peers;
  private final Map<Service, Child> services = new LinkedHashMap<>();
  private Gateway gateway;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile boolean stopping;

  public LocalSystem(Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
    this.peers = new Peers(plan, console);
  }

  /**
   * Starts everything and waits until every service is ready.
   *
   * @throws IllegalStateException naming what did not start, with its last words
   */
  public void start() throws InterruptedException, ExecutionException, TimeoutException {
    step(this::writeState);
    for (var start : peers.starts()) {
      step(start);
      step(this::writeState);
    }
    for (var service : Service.values()) {
      step(() -> start(service));
    }
    step(this::writeState);
    awaitReady();
    gateway = Gateway.start(plan);
    console.step("gateway       " + plan.gatewayUrl());
    writeState();
  }

  private void start(Service service) {
    var command =
        Java.command(
            HEAP_MEGABYTES,
            plan.home().archive(service.word()),
            "-jar",
            service.jar(plan.home().repository()).toString());
    var child =
        new Child(
            service.word(), command, plan.variables(service), plan.home().log(service.word()));
    child.start();
    services.put(service, child);
  }

  // Stopping waits for the step under way, and no further one begins.
  private void step(Runnable step) {
    starting.lock();
    try {
      if (stopping) {
        throw new IllegalStateException("stopped while starting");
      }
      step.run();
    } finally {
      starting.unlock();
    }
  }

  /** The service's process; empty before it was started. */
  public Optional<Long> pid(Service service) {
    return Optional.ofNullable(services.get(service)).map(Child::pid);
  }

  /** Until the system is stopped: starts again whatever dies. */
  public void watch() {
    while (!stopping) {
      LockSupport.parkNanos(WATCH.toNanos());
      if (!stopping) {
        reviveOne();
      }
    }
  }

  /**
   * Services first, so that they can say their last words to the peers. Also in the middle of a
   * start.
   */
  public void stop() {
    stopping = true;
    starting.lock();
    try {
      var steps = new ArrayList<Runnable>();
      if (gateway != null) {
        steps.add(gateway::close);
      }
      services.values().forEach(child -> steps.add(child::stop));
      services.values().forEach(child -> steps.add(child::awaitEnd));
      steps.add(peers::stop);
      steps.add(() -> SystemState.forget(plan.home()));
      steps.forEach(this::attempt);
    } finally {
      starting.unlock();
    }
  }

  // One step that fails must not leave the others undone.
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      console.step("while stopping: " + e);
    }
  }

  private void awaitReady() {
    var waiting = new ArrayList<>(List.of(Service.values()));
    var limit = System.nanoTime() + READY_LIMIT.toNanos();
    while (!waiting.isEmpty() && !stopping) {
      for (var service : List.copyOf(waiting)) {
        var child = services.get(service);
        if (!child.isAlive()) {
          throw new IllegalStateException(
              service.word()
                  + " ended before it was ready. Its log, "
                  + child.log()
                  + ", ends with:\n"
                  + child.lastWords());
        }
        if (Probe.isReady("http://127.0.0.1:" + plan.port(service.port()))) {
          waiting.remove(service);
          console.step(
              "%-17s http://127.0.0.1:%d".formatted(service.word(), plan.port(service.port())));
        }
      }
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(
            waiting + " not ready after " + READY_LIMIT.toSeconds() + " s; see ./gazelle logs");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void reviveOne() {
    var peer = peers.revive();
    if (peer != null) {
      console.step(peer + " had ended and was started again");
      writeState();
    }
    for (var child : services.values()) {
      if (!child.isAlive() && !child.isStopping() && !stopping) {
        int times = child.restart();
        console.step(child.name() + " had ended and was started again (" + times + ")");
        writeState();
        if (times > MOST_RESTARTS) {
          console.step(child.name() + " keeps ending; see " + child.log());
          child.stop();
        }
      }
    }
  }

  private void writeState() {
    var pids = new LinkedHashMap<>(peers.pids());
    services.forEach((service, child) -> pids.put(service.word(), child.pid()));
    SystemState.now(plan, pids).write(plan.home());
  }
}
