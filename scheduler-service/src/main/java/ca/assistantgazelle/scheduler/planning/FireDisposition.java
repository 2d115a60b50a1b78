package ca.assistantgazelle.scheduler.planning;

/** Why a planned fire did not run; stored in {@code automation.run.disposition}. */
public enum FireDisposition {
    /** An earlier run of its job was still open. */
    SKIPPED_OVERLAP,
    /** The data it needs was too old. */
    SKIPPED_STALE,
    /** It was missed, and a later fire ran instead. */
    MISSED_COALESCED,
    /** It was missed, and noticed later than the allowed lateness. */
    MISSED_EXPIRED,
    /** It was missed, and its job does not catch up. */
    MISSED_SKIPPED,
    /** Its job was paused. */
    SUPPRESSED_PAUSED,
    /** A calendar excludes its day. */
    EXCLUDED,
    /** Its local time did not exist. */
    DST_GAP
}
