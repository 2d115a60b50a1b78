package ca.assistantgazelle.workshop;

import ca.assistantgazelle.redaction.Redaction;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What an attempt says while it runs: to the service's log, and its last 200 lines to its outcome.
 * Redacted on the way in.
 */
public final class RunLog {
  private static final Logger LOG = Logger.getLogger("ca.assistantgazelle.run");
  private static final int KEPT_LINES = 200;
  private static final int LONGEST_LINE = 1_000;

  private final String prefix;
  private final Clock clock;
  private final Deque<String> tail = new ArrayDeque<>();

  public RunLog(UUID runId, String job, int attempt, Clock clock) {
    this.prefix = "run " + runId + " job " + job + " attempt " + attempt + ": ";
    this.clock = clock;
  }

  public void info(String format, Object... arguments) {
    LOG.info(prefix + keep("", format, arguments));
  }

  /** Something a person may want to look at; the attempt goes on. */
  public void warn(String format, Object... arguments) {
    LOG.warn(prefix + keep("WARN ", format, arguments));
  }

  /** Oldest first. */
  synchronized List<String> tail() {
    return List.copyOf(tail);
  }

  private synchronized String keep(String level, String format, Object... arguments) {
    var text = Redaction.redact(arguments.length == 0 ? format : format.formatted(arguments));
    var line = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
    tail.addLast(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + line);
    if (tail.size() > KEPT_LINES) {
      tail.removeFirst();
    }
    return line;
  }
}
