package ca.assistantgazelle.command;

import ca.assistantgazelle.failure.Cause;

/** What a script learns. Source: backup.md §4.7. */
enum ExitCode {
  DONE(0),
  /** Nothing was touched. */
  REFUSED(10),
  /** The archive is missing or damaged, or no key opens it. */
  UNUSABLE(20),
  FAILED(30),
  /** Restored, but not equal. */
  DIFFERENT(40),
  CANCELLED(50);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Cause cause) {
    return switch (cause) {
      case CONFIGURATION, RESTORE_REFUSED -> REFUSED;
      case RESTORE_DIFFERENT, DRILL_DIFFERENT -> DIFFERENT;
      case KEY_MISSING,
          KEY_IDENTITY,
          RESTORE_MISSING,
          TAMPERED,
          VERIFY_BYTES,
          VERIFY_CONTENT,
          VERIFY_UNREADABLE,
          STORE_AUTH,
          STORE_READ,
          STORE_STALL,
          STORE_TRANSIENT ->
          UNUSABLE;
      default -> FAILED;
    };
  }
}
