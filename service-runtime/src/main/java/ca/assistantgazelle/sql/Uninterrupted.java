package ca.assistantgazelle.sql;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs work on a thread that nobody can interrupt; an interrupt of the caller waits until it is
 * done.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** The result, or the failure as the work threw it. */
  public static <T> T call(String name, Supplier<T> work) {
    var result = new CompletableFuture<T>();
    var thread =
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    result.complete(work.get());
                  } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                  }
                });
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return unwrapped(result);
  }

  private static <T> T unwrapped(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw e;
      }
    }
  }
}
