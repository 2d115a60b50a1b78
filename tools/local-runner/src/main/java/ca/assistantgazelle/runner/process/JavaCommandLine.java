package ca.assistantgazelle.runner.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of child JVMs with a small heap and a fast start, each in a session of its own so that Ctrl-C reaches
 * only the runner.
 */
public final class JavaCommandLine {
    private static final String EXECUTABLE =
            ProcessHandle.current().info().command().orElse("java");
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=0.2",
            "-XX:+UseSerialGC",
            // The supervisor restarts a process that ran out of memory.
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+AutoCreateSharedArchive",
            // A stale archive is recreated; the warning about it is noise.
            "-Xlog:disable",
            "--sun-misc-unsafe-memory-access=allow");

    private JavaCommandLine() {}

    /**
     * @param megabytes maximum heap size
     * @param archive class archive, written at the first exit and read at later starts
     */
    public static List<String> command(int megabytes, Path archive, String... arguments) {
        var command = new ArrayList<String>();
        command.add("setsid");
        command.add(EXECUTABLE);
        command.add("-Xmx" + megabytes + "m");
        command.addAll(OPTIONS);
        command.add("-XX:SharedArchiveFile=" + archive);
        command.addAll(List.of(arguments));
        return command;
    }
}
