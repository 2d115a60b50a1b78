package ca.assistantgazelle.notification;

import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.mail.Receipt;
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
 * Sends letters a few at a time. Before some leave, the database knows that they are about to;
 * after they left, what became of them. Whoever comes after a crash in between finds them unclear.
 */
final class Delivery {
  private static final Logger LOG = Logger.getLogger(Delivery.class);

  private final JobContext context;
  private final Postman postman;
  private final DatabaseRetry databaseRetry;
  private final Tally tally;

  Delivery(JobContext context, Postman postman, DatabaseRetry databaseRetry, Tally tally) {
    this.databaseRetry = databaseRetry;
    this.context = context;
    this.postman = postman;
    this.tally = tally;
  }

  /** All of them, unless a server that answers nobody makes it senseless to go on. */
  void send(List<Letter> letters) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int step = postman.connections();
      for (int from = 0; from < letters.size(); from += step) {
        if (Thread.interrupted()) {
          throw new InterruptedException("told to stop between two letters");
        }
        var some = letters.subList(from, Math.min(letters.size(), from + step));
        var receipts = some(threads, some);
        context.reportProgress(tally.counts(), tally.details());
        if (!receipts.isEmpty()
            && receipts.stream().allMatch(receipt -> receipt instanceof Receipt.Unclear)) {
          leave(letters.subList(Math.min(letters.size(), from + step), letters.size()));
          return;
        }
      }
    }
  }

  private void leave(List<Letter> letters) {
    var silent = new Receipt.Refused("not tried: the server answers nobody", true);
    persist(letters, letters.stream().map(letter -> (Receipt) silent).toList());
    letters.forEach(letter -> tally.add(letter, silent, postman.mode()));
    if (!letters.isEmpty()) {
      context.log().warn("%d letters were not tried: the server answers nobody", letters.size());
    }
  }

  private List<Receipt> some(ExecutorService threads, List<Letter> letters) {
    var ours =
        context.write(
            transaction ->
                letters.stream()
                    .filter(
                        letter ->
                            letter.problem() != null
                                || Notifications.sending(
                                    transaction,
                                    context.trigger(),
                                    letter.notifications(),
                                    letter.message().id()))
                    .toList());
    tally.skipped(letters.stream().filter(letter -> !ours.contains(letter)).toList());
    var receipts = told(threads, ours);
    for (int i = 0; i < ours.size(); i++) {
      tally.add(ours.get(i), receipts.get(i), postman.mode());
      say(ours.get(i).message(), receipts.get(i));
    }
    return receipts;
  }

  // A letter on its way is waited for and its fate noted, also when we are told to stop.
  private List<Receipt> told(ExecutorService threads, List<Letter> letters) {
    var under = letters.stream().map(letter -> threads.submit(() -> receipt(letter))).toList();
    return UninterruptibleCall.execute(
        "letters",
        () -> {
          var receipts = under.stream().map(Delivery::result).toList();
          persist(letters, receipts);
          return receipts;
        });
  }

  // What the server said must not get lost because the database is away for a moment.
  private void persist(List<Letter> letters, List<Receipt> receipts) {
    databaseRetry.untilAvailable(
        "noting what became of letters",
        () ->
            context.write(
                transaction -> {
                  for (int i = 0; i < letters.size(); i++) {
                    Notifications.told(
                        transaction,
                        context.trigger(),
                        letters.get(i).notifications(),
                        receipts.get(i),
                        postman.mode());
                  }
                  return true;
                }));
  }

  private Receipt receipt(Letter letter) {
    return letter.problem() == null
        ? postman.send(letter.message())
        : new Receipt.Refused(letter.problem(), false);
  }

  private static Receipt result(Future<Receipt> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      LOG.error("A letter met a defect", e.getCause());
      return new Receipt.Unclear("defect: " + e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void say(Message message, Receipt receipt) {
    var id = message == null ? "a letter" : message.id();
    switch (receipt) {
      case Receipt.Accepted accepted -> context.log().info("%s: accepted", id);
      case Receipt.Refused refused -> context.log().warn("%s: refused: %s", id, refused.reason());
      case Receipt.Unclear unclear -> context.log().warn("%s: unclear: %s", id, unclear.reason());
    }
  }
}
