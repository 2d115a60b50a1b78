package ca.assistantgazelle.runtime.sql;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Runs work on a separate thread that is never interrupted; an interrupt of the caller takes effect afterwards. */
public final class UninterruptibleCall {
    private UninterruptibleCall() {}

    /** Returns the result, or throws the exception of the work. */
    public static <T> T execute(String name, Supplier<T> work) {
        var result = new CompletableFuture<T>();
        var thread = Thread.ofVirtual().name(name).start(() -> {
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
        return resultOf(result);
    }

    private static <T> T resultOf(CompletableFuture<T> result) {
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
