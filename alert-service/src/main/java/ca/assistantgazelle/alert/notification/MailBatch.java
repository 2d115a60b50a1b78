package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.alert.mail.SendResult;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.UninterruptibleCall;
import ca.assistantgazelle.worker.execution.JobContext;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Sends mails in batches. Each batch is marked as being sent before, and its results are recorded
 * after. After a crash in between, the next run finds the mails' delivery uncertain.
 */
final class MailBatch {
  private static final Logger LOG = Logger.getLogger(MailBatch.class);

  private final JobContext context;
  private final MailSender mailSender;
  private final DatabaseRetry databaseRetry;
  private final DeliveryCounts counts;

  MailBatch(
      JobContext context,
      MailSender mailSender,
      DatabaseRetry databaseRetry,
      DeliveryCounts counts) {
    this.databaseRetry = databaseRetry;
    this.context = context;
    this.mailSender = mailSender;
    this.counts = counts;
  }

  /** Sends all mails, or stops when the mail server does not respond. */
  void send(List<NotificationMail> letters) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int step = mailSender.maxConcurrentSends();
      for (int from = 0; from < letters.size(); from += step) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted between two batches of mails");
        }
        var some = letters.subList(from, Math.min(letters.size(), from + step));
        var receipts = sendBatch(threads, some);
        context.reportProgress(counts.counts(), counts.details());
        if (!receipts.isEmpty()
            && receipts.stream().allMatch(result -> result instanceof SendResult.Unclear)) {
          skipRest(letters.subList(Math.min(letters.size(), from + step), letters.size()));
          return;
        }
      }
    }
  }

  private void skipRest(List<NotificationMail> letters) {
    var silent = new SendResult.Refused("not tried: the mail server is not responding", true);
    recordResults(letters, letters.stream().map(mail -> (SendResult) silent).toList());
    letters.forEach(mail -> counts.add(mail, silent, mailSender.mode()));
    if (!letters.isEmpty()) {
      context.log().warn("skipped %d mails: the mail server is not responding", letters.size());
    }
  }

  private List<SendResult> sendBatch(ExecutorService threads, List<NotificationMail> letters) {
    var ours =
        context.write(
            transaction ->
                letters.stream()
                    .filter(
                        mail ->
                            mail.problem() != null
                                || NotificationStore.markSending(
                                    transaction,
                                    context.trigger(),
                                    mail.notifications(),
                                    mail.message().id()))
                    .toList());
    counts.skipped(letters.stream().filter(mail -> !ours.contains(mail)).toList());
    var receipts = sendAndRecord(threads, ours);
    for (int i = 0; i < ours.size(); i++) {
      counts.add(ours.get(i), receipts.get(i), mailSender.mode());
      logResult(ours.get(i).message(), receipts.get(i));
    }
    return receipts;
  }

  // Waits for mails being sent and records their results, even when interrupted.
  private List<SendResult> sendAndRecord(ExecutorService threads, List<NotificationMail> letters) {
    var under = letters.stream().map(mail -> threads.submit(() -> sendOne(mail))).toList();
    return UninterruptibleCall.execute(
        "sending mails",
        () -> {
          var receipts = under.stream().map(MailBatch::resultOf).toList();
          recordResults(letters, receipts);
          return receipts;
        });
  }

  // The results must not get lost during a short database outage.
  private void recordResults(List<NotificationMail> letters, List<SendResult> receipts) {
    databaseRetry.untilAvailable(
        "recording the results of mails",
        () ->
            context.write(
                transaction -> {
                  for (int i = 0; i < letters.size(); i++) {
                    NotificationStore.recordResult(
                        transaction,
                        context.trigger(),
                        letters.get(i).notifications(),
                        receipts.get(i),
                        mailSender.mode());
                  }
                  return true;
                }));
  }

  private SendResult sendOne(NotificationMail mail) {
    return mail.problem() == null
        ? mailSender.send(mail.message())
        : new SendResult.Refused(mail.problem(), false);
  }

  private static SendResult resultOf(Future<SendResult> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      LOG.error("Unexpected error while sending a mail", e.getCause());
      return new SendResult.Unclear("unexpected error: " + e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      throw new IllegalStateException("unexpected interrupt", e);
    }
  }

  private void logResult(OutgoingMail mail, SendResult result) {
    var id = mail == null ? "unaddressed mail" : mail.id();
    switch (result) {
      case SendResult.Accepted accepted -> context.log().info("%s: accepted", id);
      case SendResult.Refused refused ->
          context.log().warn("%s: not sent: %s", id, refused.reason());
      case SendResult.Unclear unclear ->
          context.log().warn("%s: delivery uncertain: %s", id, unclear.reason());
    }
  }
}
