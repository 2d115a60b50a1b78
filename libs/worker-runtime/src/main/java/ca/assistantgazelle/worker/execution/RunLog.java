package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.contract.value.SafeText;
import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Log of an attempt: written to the service's log, and its last 200 lines are stored with the outcome. Lines are
 * redacted first.
 */
public final class RunLog {
    private static final Logger LOG = Logger.getLogger("ca.assistantgazelle.run");
    private static final int MAX_LINES = 200;
    private static final int MAX_LINE_LENGTH = 1_000;

    private final String prefix;
    private final Clock clock;
    private final Deque<String> tail = new ArrayDeque<>();

    public RunLog(UUID runId, String job, int attempt, Clock clock) {
        this.prefix = "run " + runId + " job " + job + " attempt " + attempt + ": ";
        this.clock = clock;
    }

    public void info(String format, Object... arguments) {
        LOG.info(prefix + append("", format, arguments));
    }

    /** Logs a warning; the attempt continues. */
    public void warn(String format, Object... arguments) {
        LOG.warn(prefix + append("WARN ", format, arguments));
    }

    /** Oldest first. */
    synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    private synchronized String append(String level, String format, Object... arguments) {
        var text =
                SafeText.oneLine(SecretRedaction.redact(arguments.length == 0 ? format : format.formatted(arguments)));
        var line = text.length() > MAX_LINE_LENGTH ? text.substring(0, MAX_LINE_LENGTH) + "…" : text;
        tail.addLast(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + line);
        if (tail.size() > MAX_LINES) {
            tail.removeFirst();
        }
        return line;
    }
}
