package ca.assistantgazelle.destination.s3;

import java.time.Duration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Notes what was sent and answered, refusals included. */
final class Answers implements ExecutionInterceptor {
  private final ThreadLocal<Integer> tries = ThreadLocal.withInitial(() -> 0);
  private volatile long last = System.nanoTime();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    tries.set(0);
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    tries.set(tries.get() + 1);
  }

  /** Whether this thread's latest call was sent more than once. */
  boolean wasRepeated() {
    return tries.get() > 1;
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    last = System.nanoTime();
  }

  Duration silentFor() {
    return Duration.ofNanos(System.nanoTime() - last);
  }
}
