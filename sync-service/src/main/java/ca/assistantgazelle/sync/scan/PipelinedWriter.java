package ca.assistantgazelle.sync.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Stores one chunk while the next is prepared: tasks run in order, one at a time, on a separate thread. */
public final class PipelinedWriter {
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * Starts a task after the previous one has finished.
     *
     * @throws RuntimeException that the previous task threw; this task is then not started
     */
    public void start(String name, Runnable work) {
        finish();
        var end = new CompletableFuture<Void>();
        last = end;
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
                end.complete(null);
            } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
            }
        });
    }

    /**
     * Waits for the running task, even if interrupted, so that its transaction is completed.
     *
     * @throws RuntimeException that it threw
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
