package ca.assistantgazelle.sync.job;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Captures everything that is logged while it is open. */
final class CapturedLog extends Handler implements AutoCloseable {
    private static final PatternFormatter FORMAT = new PatternFormatter("%p %c %s%e");

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    static CapturedLog start() {
        var logged = new CapturedLog();
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
