package ca.assistantgazelle.sync.job;

import ca.assistantgazelle.sync.scan.ParentBarrier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs the pipelines of a sync concurrently on virtual threads. A failed pipeline stops only those that depend on it.
 * If the caller is interrupted, all pipelines are.
 */
final class EntityPipelines {
    /** The work of one pipeline. */
    interface PipelineTask {
        /** @param parents to await before the first record is stored */
        void run(ParentBarrier parents) throws InterruptedException;
    }

    private record EntityPipeline(List<String> dependsOn, PipelineTask task, CompletableFuture<Void> completion) {}

    private final Map<String, EntityPipeline> pipelines = new LinkedHashMap<>();

    /** @param after names of the pipelines whose rows are referenced by its own */
    void add(String name, List<String> after, PipelineTask work) {
        pipelines.put(name, new EntityPipeline(after, work, new CompletableFuture<>()));
    }

    /** Runs all pipelines to completion and returns the failures by pipeline, in insertion order. */
    Map<String, Throwable> run() throws InterruptedException {
        var threads = pipelines.entrySet().stream()
                .map(pipeline ->
                        Thread.ofVirtual().name("pipeline " + pipeline.getKey()).start(() -> run(pipeline.getValue())))
                .toList();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                joinUninterruptibly(thread);
            }
            throw e;
        }
        Map<String, Throwable> failures = new LinkedHashMap<>();
        pipelines.forEach((name, pipeline) -> {
            if (pipeline.completion().isCompletedExceptionally()) {
                failures.put(name, pipeline.completion().exceptionNow());
            }
        });
        return failures;
    }

    private void run(EntityPipeline pipeline) {
        try {
            pipeline.task().run(() -> await(pipeline.dependsOn()));
            pipeline.completion().complete(null);
        } catch (InterruptedException | RuntimeException | Error e) {
            pipeline.completion().completeExceptionally(e);
        }
    }

    private void await(List<String> parents) throws InterruptedException {
        for (var parent : parents) {
            try {
                pipelines.get(parent).completion().get();
            } catch (ExecutionException e) {
                throw new ParentFailedException(parent);
            }
        }
    }

    // After an interrupt each pipeline ends at its next wait; a running transaction is completed.
    private static void joinUninterruptibly(Thread thread) {
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
