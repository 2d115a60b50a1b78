package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;

/** Turns the delivery counts into the result of the job. */
final class DeliveryResult {
    private DeliveryResult() {}

    /**
     * @param ambiguous appointments of this run, in all its attempts, whose delivery is uncertain
     * @param claimedElsewhere appointments that another run is about to announce
     */
    static JobResult toJobResult(DeliveryCounts counts, long ambiguous, long claimedElsewhere)
            throws JobFailedException {
        var result = new JobResult(counts.counts(), counts.details());
        long failed = counts.mails("failed");
        if (failed > 0) {
            throw failure(
                    result,
                    "MAIL_FAILED",
                    counts.retryable(),
                    failed
                            + " mails were refused"
                            + (ambiguous > 0 ? ", and delivery is uncertain for " + ambiguous + " appointments." : "."),
                    "See /alertes-rv/history for the reasons. Once the cause is corrected, a further attempt sends only the refused mails.");
        }
        if (ambiguous > 0) {
            throw failure(
                    result,
                    "MAIL_UNCLEAR",
                    false,
                    "Delivery is uncertain for "
                            + ambiguous
                            + " appointments: the mail server gave no definite reply. They are not sent again.",
                    "Ask the recipients, or search for the Message-ID (see /alertes-rv/history) at the mail provider.");
        }
        if (claimedElsewhere > 0) {
            throw failure(
                    result,
                    "MAIL_HELD",
                    true,
                    "Another run has claimed the notifications of " + claimedElsewhere + " appointments.",
                    "No action needed: the next attempt checks again.");
        }
        return result;
    }

    private static JobFailedException failure(
            JobResult result, String errorClass, boolean retryable, String message, String suggestion) {
        return new JobFailedException(new RunError(errorClass, retryable, message, suggestion), result, null);
    }
}
