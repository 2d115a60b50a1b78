package ca.assistantgazelle.workshop;

import ca.assistantgazelle.event.RunError;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A job that does what a run's parameter says. */
@Singleton
public class ScriptedJob implements JobCode {
  static final AtomicInteger RUNS = new AtomicInteger();
  static volatile CountDownLatch hold = new CountDownLatch(0);
  static volatile CountDownLatch entered = new CountDownLatch(1);

  @Override
  public Set<String> jobs() {
    return Set.of("timeline_report_daily", "short_report");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException, InterruptedException {
    RUNS.incrementAndGet();
    entered.countDown();
    bench.log().info("writing to alix@example.com");
    return switch (String.valueOf(bench.trigger().parameters().get("script"))) {
      case "fail" ->
          throw new JobFailedException(new RunError("SCRIPTED", false, "as asked", "nothing"));
      case "crash" -> throw new IllegalStateException("password=hunter2");
      case "hold" -> {
        hold.await();
        bench.write(transaction -> transaction.update("select 1"));
        yield new JobResult(Map.of(), Map.of());
      }
      default -> {
        bench.progress(Map.of("rows", Map.of("fetched", 1L)), Map.of("step", 1));
        yield new JobResult(Map.of("rows", Map.of("fetched", 2L)), Map.of("mode", "test"));
      }
    };
  }
}
