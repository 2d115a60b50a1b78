package ca.assistantgazelle.sync.scan;

import java.util.Locale;

/** How much a run reads. */
public enum ScanMode {
    /** All users, products, clients, contacts and pianos; events and timeline entries of a window around today. */
    PARTIAL,
    /** Everything. */
    FULL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
