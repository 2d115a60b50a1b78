package ca.assistantgazelle.sync.job;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import ca.assistantgazelle.sync.gazelle.MassLossException;
import ca.assistantgazelle.worker.execution.RunErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Combines the failures of several pipelines into one error. */
final class SyncFailure {
    private SyncFailure() {}

    /**
     * The first pipeline's own failure, with the others named in its message.
     *
     * @param failures by pipeline; not empty
     */
    static RunError of(Map<String, Throwable> failures) {
        var own = failures.entrySet().stream()
                .filter(failure -> !(failure.getValue() instanceof ParentFailedException))
                .sorted(Comparator.comparingInt(failure -> isKnown(failure.getValue()) ? 0 : 1))
                .toList();
        var first = error(own.getFirst().getValue());
        return new RunError(
                first.errorClass(),
                own.stream().anyMatch(failure -> error(failure.getValue()).retryable()),
                own.getFirst().getKey() + ": " + first.message().replaceFirst("\\.?$", ".") + others(failures, own),
                first.suggestion());
    }

    private static String others(Map<String, Throwable> failures, List<Map.Entry<String, Throwable>> own) {
        var first = error(own.getFirst().getValue()).message();
        return failures.entrySet().stream()
                .filter(failure -> !failure.getKey().equals(own.getFirst().getKey()))
                .map(failure -> {
                    var message = error(failure.getValue()).message();
                    return failure.getKey() + (message.equals(first) ? ": same error" : ": " + message);
                })
                .collect(Collectors.joining("; ", failures.size() > 1 ? " Also not synchronised: " : "", ""));
    }

    private static boolean isKnown(Throwable e) {
        return e instanceof GazelleException || e instanceof MassLossException;
    }

    private static RunError error(Throwable e) {
        return switch (e) {
            case GazelleException known -> known.error();
            case MassLossException known -> known.error();
            case ParentFailedException parent -> new RunError("PARENT_FAILED", true, parent.getMessage(), null);
            default -> RunErrors.unexpected(e);
        };
    }
}
