package ca.assistantgazelle.alert.mail;

import java.util.Locale;

/** Which mails are actually sent. */
public enum AlertsMode {
    /** Everything is computed, no mail is sent. */
    OFF,
    /** Like {@link #OFF}, and the notifications are recorded as SIMULATED. */
    DRY_RUN,
    /** All mail is sent to one address; the notifications are recorded as REDIRECTED. */
    REDIRECT,
    LIVE;

    /** Its value in {@code ALERTS_MODE}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static AlertsMode of(String word) {
        for (var mode : values()) {
            if (mode.value().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw new IllegalStateException("ALERTS_MODE is '" + word + "'; it must be off, dry-run, redirect or live");
    }
}
