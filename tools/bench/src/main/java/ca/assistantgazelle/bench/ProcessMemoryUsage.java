package ca.assistantgazelle.bench;

import ca.assistantgazelle.runner.plan.LocalService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of processes, as reported by the kernel. */
public final class ProcessMemoryUsage {
    private static final double KILOBYTES = 1_024;

    private ProcessMemoryUsage() {}

    /** Peak resident memory of the service's process (VmHWM). */
    public static double residentMegabytes(BenchEnvironment stage, LocalService service) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(stage.pid(service)), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILOBYTES)
                .findFirst()
                .orElseThrow();
    }
}
