package ca.assistantgazelle.bench;

import ca.assistantgazelle.runner.plan.Service;
import java.io.IOException;

/** Looks at a service's heap five times a second. */
public final class HeapWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;

  private final Stage stage;
  private final Service service;
  private final Thread watching;
  private volatile double peakBytes;
  private volatile IOException failure;

  public HeapWatch(Stage stage, Service service) {
    this.stage = stage;
    this.service = service;
    this.watching = Thread.ofVirtual().start(this::watch);
  }

  /**
   * @throws IllegalStateException when it could not be measured
   */
  public double peakMegabytes() {
    if (failure != null || peakBytes == 0) {
      throw new IllegalStateException("a service's metrics cannot be read", failure);
    }
    return peakBytes / (1 << 20);
  }

  @Override
  public void close() {
    watching.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        peakBytes = Math.max(peakBytes, used());
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failure = e;
    }
  }

  private double used() throws IOException, InterruptedException {
    return stage
        .metrics(service)
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
