package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.event.RunError;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A job whose behaviour is selected by the run's {@code script} parameter. */
@Singleton
public class ScriptedJob implements JobHandler {
    static final AtomicInteger RUN_COUNT = new AtomicInteger();
    static volatile CountDownLatch releaseLatch = new CountDownLatch(0);
    static volatile CountDownLatch enteredLatch = new CountDownLatch(1);

    @Override
    public Set<String> jobIds() {
        return Set.of("timeline_report_daily", "short_report");
    }

    @Override
    public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
        RUN_COUNT.incrementAndGet();
        enteredLatch.countDown();
        context.log().info("writing to alix@example.com");
        return switch (String.valueOf(context.trigger().parameters().get("script"))) {
            case "fail" -> throw new JobFailedException(new RunError("SCRIPTED", false, "as asked", "nothing"));
            case "crash" -> throw new IllegalStateException("password=hunter2");
            case "ignore interrupts" -> {
                for (boolean released = false; !released; ) {
                    try {
                        releaseLatch.await();
                        released = true;
                    } catch (InterruptedException e) {
                        context.log().warn("ignoring an interrupt");
                    }
                }
                context.write(transaction -> transaction.update("select 1"));
                yield new JobResult(Map.of(), Map.of());
            }
            case "hold" -> {
                releaseLatch.await();
                context.write(transaction -> transaction.update("select 1"));
                yield new JobResult(Map.of(), Map.of());
            }
            default -> {
                context.reportProgress(Map.of("rows", Map.of("fetched", 1L)), Map.of("step", 1));
                yield new JobResult(Map.of("rows", Map.of("fetched", 2L)), Map.of("mode", "test"));
            }
        };
    }
}
