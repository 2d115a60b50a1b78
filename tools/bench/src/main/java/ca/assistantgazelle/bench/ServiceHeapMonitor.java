package ca.assistantgazelle.bench;

import ca.assistantgazelle.runner.plan.LocalService;
import java.io.IOException;

/** Polls a service's heap usage five times a second and keeps the peak. */
public final class ServiceHeapMonitor implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;

    private final BenchEnvironment stage;
    private final LocalService service;
    private final Thread thread;
    private volatile double peakBytes;
    private volatile IOException failure;

    public ServiceHeapMonitor(BenchEnvironment stage, LocalService service) {
        this.stage = stage;
        this.service = service;
        this.thread = Thread.ofVirtual().start(this::pollHeap);
    }

    /** @throws IllegalStateException if the metrics could not be read */
    public double peakMegabytes() {
        if (failure != null || peakBytes == 0) {
            throw new IllegalStateException("Failed to read the service's heap metrics", failure);
        }
        return peakBytes / (1 << 20);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void pollHeap() {
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
        return stage.metrics(service)
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
