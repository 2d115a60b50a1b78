package ca.assistantgazelle.bench;

import ca.assistantgazelle.runner.plan.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds in memory, as the kernel counts. */
public final class Memory {
  private static final double KILOBYTES = 1_024;

  private Memory() {}

  /** The most that the service's process has held so far. */
  public static double residentMegabytes(Stage stage, Service service) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(stage.pid(service)), "status"))
        .stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILOBYTES)
        .findFirst()
        .orElseThrow();
  }
}
