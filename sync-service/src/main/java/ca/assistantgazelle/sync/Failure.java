package ca.assistantgazelle.sync;

import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.gazelle.MassLossException;
import ca.assistantgazelle.workshop.Failures;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes one error of what several lanes failed with. */
final class Failure {
  private Failure() {}

  /**
   * The first lane's own failure, naming the others.
   *
   * @param failures by lane; not empty
   */
  static RunError of(Map<String, Throwable> failures) {
    var own =
        failures.entrySet().stream()
            .filter(failure -> !(failure.getValue() instanceof ParentFailedException))
            .sorted(Comparator.comparingInt(failure -> isKnown(failure.getValue()) ? 0 : 1))
            .toList();
    var first = error(own.getFirst().getValue());
    return new RunError(
        first.errorClass(),
        own.stream().anyMatch(failure -> error(failure.getValue()).retryable()),
        own.getFirst().getKey() + ": " + sentence(first.message()) + others(failures, own),
        first.suggestion());
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  private static String others(
      Map<String, Throwable> failures, List<Map.Entry<String, Throwable>> own) {
    var first = error(own.getFirst().getValue()).message();
    return failures.entrySet().stream()
        .filter(failure -> !failure.getKey().equals(own.getFirst().getKey()))
        .map(
            failure -> {
              var message = error(failure.getValue()).message();
              return failure.getKey() + (message.equals(first) ? ": the same" : ": " + message);
            })
        .collect(Collectors.joining("; ", failures.size() > 1 ? " Not done either: " : "", ""));
  }

  private static boolean isKnown(Throwable e) {
    return e instanceof GazelleException || e instanceof MassLossException;
  }

  private static RunError error(Throwable e) {
    return switch (e) {
      case GazelleException known -> known.error();
      case MassLossException known -> known.error();
      case ParentFailedException parent ->
          new RunError("PARENT_FAILED", true, parent.getMessage(), null);
      default -> Failures.unforeseen(e);
    };
  }
}
