package ca.assistantgazelle.runner.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of child JVMs: small, quick to start, in sessions of their own so that Ctrl-C
 * reaches only the runner.
 */
public final class Java {
  private static final String EXECUTABLE = ProcessHandle.current().info().command().orElse("java");
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=0.2",
          "-XX:+UseSerialGC",
          // Half a process is worse than none: the supervisor starts a new one.
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+AutoCreateSharedArchive",
          // A stale archive is written anew; that is no news.
          "-Xlog:disable",
          "--sun-misc-unsafe-memory-access=allow");

  private Java() {}

  /**
   * @param megabytes of heap
   * @param archive of the classes: written at the first end, read at later starts
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
