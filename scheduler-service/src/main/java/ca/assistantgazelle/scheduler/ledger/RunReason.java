package ca.assistantgazelle.scheduler.ledger;

import ca.assistantgazelle.contract.event.RunError;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Composes the sentence that says why a run stands as it does, from what the ledger stores. */
final class RunReason {
    private RunReason() {}

    /** Null when there is nothing to say. */
    static String of(JobRun run) {
        var reason = Stream.of(run.state().planNote(), outcome(run))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return reason.isEmpty() ? null : reason;
    }

    private static String outcome(JobRun run) {
        var error = run.state().error();
        return switch (run.status()) {
            case QUEUED, RUNNING, SUCCESS, NOT_RUN -> null;
            case CANCELLED ->
                run.state().cancelledBy() == null
                        ? "cancelled"
                        : "cancelled by " + run.state().cancelledBy();
            case ERROR -> error == null ? null : describe(error);
            case WAITING_RETRY ->
                "attempt %d failed%s; attempt %d starts at %s"
                        .formatted(
                                run.state().attempt(),
                                error == null ? "" : " (" + error.errorClass() + ")",
                                run.state().attempt() + 1,
                                run.times().nextAttemptAt().truncatedTo(ChronoUnit.SECONDS));
        };
    }

    private static String describe(RunError error) {
        return error.errorClass() + ": " + error.message();
    }
}
