package ca.assistantgazelle.sync;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that is logged meanwhile. */
final class Logged extends Handler implements AutoCloseable {
  private static final PatternFormatter FORMAT = new PatternFormatter("%p %c %s%e");

  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

  static Logged start() {
    var logged = new Logged();
    Logger.getLogger("").addHandler(logged);
    return logged;
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(FORMAT.format(ExtLogRecord.wrap(entry)));
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
