package ca.assistantgazelle.planning;

/** Why a planned fire did not run as it was; the word stands on its row in the ledger. */
public enum Disposition {
  /** An earlier run of its job was still open. */
  SKIPPED_OVERLAP,
  /** The data it needs was too old. */
  SKIPPED_STALE,
  /** It was missed, and a later fire ran in its stead. */
  MISSED_COALESCED,
  /** It was missed, and noticed too late to be of use. */
  MISSED_EXPIRED,
  /** It was missed, and its job is not caught up. */
  MISSED_SKIPPED,
  /** Its job was paused. */
  SUPPRESSED_PAUSED,
  /** A calendar took its day out. */
  EXCLUDED,
  /** Its local time did not exist. */
  DST_GAP
}
