package ca.assistantgazelle.sync;

import ca.assistantgazelle.scan.Parents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs the lanes of a sync side by side on virtual threads. A lane that fails does not stop the
 * others, except those that need what it should have stored. When the caller is interrupted, all
 * are.
 */
final class Lanes {
  /** One lane's work. */
  interface Work {
    /**
     * @param parents to be awaited before the first record is stored
     */
    void run(Parents parents) throws InterruptedException;
  }

  private record Lane(List<String> after, Work work, CompletableFuture<Void> end) {}

  private final Map<String, Lane> lanes = new LinkedHashMap<>();

  /**
   * @param after names of the lanes whose rows its own refer to
   */
  void add(String name, List<String> after, Work work) {
    lanes.put(name, new Lane(after, work, new CompletableFuture<>()));
  }

  /** Runs all of them to their ends; what failed, by lane, in their order. */
  Map<String, Throwable> run() throws InterruptedException {
    var threads =
        lanes.entrySet().stream()
            .map(
                lane ->
                    Thread.ofVirtual()
                        .name("lane " + lane.getKey())
                        .start(() -> run(lane.getValue())))
            .toList();
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      for (var thread : threads) {
        joinUninterrupted(thread);
      }
      throw e;
    }
    Map<String, Throwable> failures = new LinkedHashMap<>();
    lanes.forEach(
        (name, lane) -> {
          if (lane.end().isCompletedExceptionally()) {
            failures.put(name, lane.end().exceptionNow());
          }
        });
    return failures;
  }

  private void run(Lane lane) {
    try {
      lane.work().run(() -> await(lane.after()));
      lane.end().complete(null);
    } catch (InterruptedException | RuntimeException | Error e) {
      lane.end().completeExceptionally(e);
    }
  }

  private void await(List<String> parents) throws InterruptedException {
    for (var parent : parents) {
      try {
        lanes.get(parent).end().get();
      } catch (ExecutionException e) {
        throw new ParentFailedException(parent);
      }
    }
  }

  // Told to stop: each ends at its next wait, and a transaction under way is not cut in two.
  private static void joinUninterrupted(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
