package ca.assistantgazelle.notification;

import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.workshop.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends letters a few at a time. Before some leave, the database knows that they are about to;
 * after they left, what became of them. Whoever comes after a crash in between finds them unclear.
 */
final class Delivery {
  private final Workbench bench;
  private final Postman postman;
  private final Tally tally;

  Delivery(Workbench bench, Postman postman, Tally tally) {
    this.bench = bench;
    this.postman = postman;
    this.tally = tally;
  }

  void send(List<Letter> letters) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int step = postman.connections();
      for (int from = 0; from < letters.size(); from += step) {
        if (Thread.interrupted()) {
          throw new InterruptedException("told to stop between two letters");
        }
        some(threads::submit, letters.subList(from, Math.min(letters.size(), from + step)));
        bench.progress(tally.counts(), tally.details());
      }
    }
  }

  private interface Threads {
    Future<Receipt> submit(Callable<Receipt> work);
  }

  private void some(Threads threads, List<Letter> letters) {
    bench.write(
        transaction -> {
          letters.forEach(
              letter -> {
                if (letter.problem() == null) {
                  Notifications.sending(transaction, letter.notifications(), letter.message().id());
                }
              });
          return null;
        });
    var under = new ArrayList<Future<Receipt>>();
    letters.forEach(letter -> under.add(threads.submit(() -> receipt(letter))));
    var receipts = under.stream().map(Delivery::uninterrupted).toList();
    bench.write(
        transaction -> {
          for (int i = 0; i < letters.size(); i++) {
            Notifications.told(
                transaction, letters.get(i).notifications(), receipts.get(i), postman.mode());
          }
          return null;
        });
    for (int i = 0; i < letters.size(); i++) {
      tally.add(letters.get(i), receipts.get(i), postman.mode());
      say(letters.get(i).message(), receipts.get(i));
    }
  }

  private Receipt receipt(Letter letter) {
    return letter.problem() == null
        ? postman.send(letter.message())
        : new Receipt.Refused(letter.problem(), false);
  }

  // A letter on its way is waited for: giving it up would make its fate unclear.
  private static Receipt uninterrupted(Future<Receipt> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return new Receipt.Unclear("defect: " + e.getCause().getClass().getSimpleName());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void say(Message message, Receipt receipt) {
    var id = message == null ? "a letter" : message.id();
    switch (receipt) {
      case Receipt.Accepted accepted -> bench.log().info("%s: accepted", id);
      case Receipt.Refused refused -> bench.log().warn("%s: refused: %s", id, refused.reason());
      case Receipt.Unclear unclear -> bench.log().warn("%s: unclear: %s", id, unclear.reason());
    }
  }
}
