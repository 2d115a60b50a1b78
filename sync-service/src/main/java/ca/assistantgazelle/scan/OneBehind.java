package ca.assistantgazelle.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Stores one chunk while the next is made ready: the work is done in order, one at a time, on a
 * thread of its own.
 */
public final class OneBehind {
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * Starts the work once the one before it is done.
   *
   * @throws RuntimeException what the one before it threw; this work is not started then
   */
  public void start(String name, Runnable work) {
    finish();
    var end = new CompletableFuture<Void>();
    last = end;
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
                end.complete(null);
              } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
              }
            });
  }

  /**
   * Waits for the work under way, also when interrupted: a transaction is not left alone.
   *
   * @throws RuntimeException what it threw
   */
  public void finish() {
    try {
      last.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw e;
      }
    }
  }
}
