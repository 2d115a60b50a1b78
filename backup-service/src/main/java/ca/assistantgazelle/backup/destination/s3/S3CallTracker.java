package ca.assistantgazelle.backup.destination.s3;

import java.time.Duration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tracks the attempts of each call and the time of the last response, including errors. */
final class S3CallTracker implements ExecutionInterceptor {
    private final ThreadLocal<Integer> attempts = ThreadLocal.withInitial(() -> 0);
    private volatile long lastResponse = System.nanoTime();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attempts.set(0);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        attempts.set(attempts.get() + 1);
    }

    /** Whether the latest call of this thread was sent more than once. */
    boolean wasRetried() {
        return attempts.get() > 1;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        lastResponse = System.nanoTime();
    }

    Duration timeSinceLastResponse() {
        return Duration.ofNanos(System.nanoTime() - lastResponse);
    }
}
