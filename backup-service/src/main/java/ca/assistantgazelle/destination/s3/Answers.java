package ca.assistantgazelle.destination.s3;

import java.time.Duration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Notes when the store last answered anything, refusals included. */
final class Answers implements ExecutionInterceptor {
  private volatile long last = System.nanoTime();

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    last = System.nanoTime();
  }

  Duration silentFor() {
    return Duration.ofNanos(System.nanoTime() - last);
  }
}
