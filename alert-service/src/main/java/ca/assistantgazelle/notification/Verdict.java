package ca.assistantgazelle.notification;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;

/** Whether all that was to be told was surely told. */
final class Verdict {
  private Verdict() {}

  /**
   * @param unclear appointments of this run whose fate is unclear, of all its attempts
   * @param held appointments that another run is about to tell
   */
  static JobResult of(Tally tally, long unclear, long held) throws JobFailedException {
    var result = new JobResult(tally.counts(), tally.details());
    long failed = tally.letters("failed");
    if (failed > 0) {
      throw failure(
          result,
          "MAIL_FAILED",
          tally.retryable(),
          failed
              + " letters were refused"
              + (unclear > 0
                  ? ", and of " + unclear + " appointments nobody knows whether they were told."
                  : "."),
          "See /alertes-rv/history for the reasons; the next attempt sends only what was refused.");
    }
    if (unclear > 0) {
      throw failure(
          result,
          "MAIL_UNCLEAR",
          false,
          "Of "
              + unclear
              + " appointments nobody knows whether they were told: the server gave no definite answer. They are not sent again.",
          "Ask the recipients, or look for their Message-ID (see /alertes-rv/history) at the provider.");
    }
    if (held > 0) {
      throw failure(
          result,
          "MAIL_HELD",
          true,
          held + " appointments are being told by another run.",
          "Nothing to do: the next attempt looks again.");
    }
    return result;
  }

  private static JobFailedException failure(
      JobResult result, String errorClass, boolean retryable, String message, String suggestion) {
    return new JobFailedException(
        new RunError(errorClass, retryable, message, suggestion), result, null);
  }
}
