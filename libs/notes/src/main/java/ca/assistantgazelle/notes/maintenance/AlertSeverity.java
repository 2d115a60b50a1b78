package ca.assistantgazelle.notes.maintenance;

import java.util.Locale;

/** Severity of an event or alert. */
public enum AlertSeverity {
    WARNING,
    CRITICAL;

    /** The stored value. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
