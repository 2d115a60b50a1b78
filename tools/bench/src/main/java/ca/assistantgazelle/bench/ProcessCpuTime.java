package ca.assistantgazelle.bench;

import java.time.Duration;

/** CPU time of processes. */
public final class ProcessCpuTime {
    private ProcessCpuTime() {}

    /** User and system time of a running process, all threads; zero if it has ended. */
    public static double seconds(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toMillis)
                        .orElse(0L)
                / 1_000.0;
    }
}
