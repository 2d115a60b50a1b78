package ca.assistantgazelle.scan;

import ca.assistantgazelle.gazelle.Page;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads an entity's pages one after the other while those before them are stored, a bounded number
 * ahead: a page's cursor is only known from the page before it.
 */
final class PagesAhead implements AutoCloseable {
  /** Enough that pianos are all there when the last client is stored; about 10 MB of pages. */
  private static final int MOST = 50;

  /** Gives the page after the cursor; the first one for null. */
  interface Source {
    Page after(String cursor) throws InterruptedException;
  }

  private sealed interface Arrival {
    record Arrived(Page page) implements Arrival {}

    record Failed(Throwable failure) implements Arrival {}
  }

  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MOST);
  private final Thread reader;
  private boolean ended;

  PagesAhead(String name, Source source, String cursor) {
    this.reader = Thread.ofVirtual().name("pages of " + name).start(() -> read(source, cursor));
  }

  /**
   * The next page; null after the last one.
   *
   * @throws RuntimeException what reading it threw
   */
  Page next() throws InterruptedException {
    if (ended) {
      return null;
    }
    return switch (arrivals.take()) {
      case Arrival.Arrived arrived -> {
        ended = arrived.page().next() == null;
        yield arrived.page();
      }
      case Arrival.Failed failed -> {
        switch (failed.failure()) {
          case RuntimeException failure -> throw failure;
          case Error failure -> throw failure;
          default -> throw new IllegalStateException(failed.failure());
        }
      }
    };
  }

  /** Nobody wants further pages. */
  @Override
  public void close() {
    reader.interrupt();
  }

  private void read(Source source, String from) {
    try {
      var cursor = from;
      do {
        var page = page(source, cursor);
        arrivals.put(page);
        cursor = page instanceof Arrival.Arrived arrived ? arrived.page().next() : null;
      } while (cursor != null);
    } catch (InterruptedException e) {
      // Only close() interrupts: whoever closed it takes nothing more.
      Thread.currentThread().interrupt();
    }
  }

  private static Arrival page(Source source, String cursor) throws InterruptedException {
    try {
      return new Arrival.Arrived(source.after(cursor));
    } catch (RuntimeException | Error e) {
      return new Arrival.Failed(e);
    }
  }
}
