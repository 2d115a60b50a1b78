package ca.assistantgazelle.bench;

import java.time.Duration;

/** What a process has used of the processors. */
public final class Cpu {
  private Cpu() {}

  /** User and system time of a running process, all its threads; zero when it has ended. */
  public static double seconds(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .map(Duration::toMillis)
            .orElse(0L)
        / 1_000.0;
  }
}
