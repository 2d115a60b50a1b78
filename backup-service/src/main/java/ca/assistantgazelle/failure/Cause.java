package ca.assistantgazelle.failure;

import java.util.Locale;

/** Why a backup, its verification or its restore could not be done. Source: backup.md §5. */
public enum Cause {
  /** Recipients, identity, destinations or retention are missing or cannot be read. */
  CONFIGURATION,
  SOURCE_CONNECT,
  SOURCE_AUTH,
  SOURCE_POOLER,
  SOURCE_PRIVILEGE,
  SOURCE_LOCK,
  TOOL_MISSING,
  TOOL_VERSION,
  DUMP_EXIT,
  DUMP_STALL,
  KEY_MISSING,
  KEY_IDENTITY,
  STORE_SPACE,
  STORE_AUTH,
  STORE_TRANSIENT,
  STORE_STALL,
  STORE_CONFLICT,
  STORE_QUOTA,
  STORE_SESSION,
  STORE_WRITE,
  STORE_READ,
  VERIFY_BYTES,
  VERIFY_CONTENT,
  /** The bytes are right and open, but pg_restore does not take them. */
  VERIFY_UNREADABLE,
  TAMPERED,
  PUBLISH,
  /** Some destinations have the backup, others not. */
  PARTIAL,
  DRILL_DIFFERENT,
  DRILL_INCONCLUSIVE,
  RESTORE_REFUSED,
  RESTORE_MISSING,
  RESTORE_FAILED,
  RESTORE_DIFFERENT;

  /** As operators read it, for example {@code store.stall}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }

  /** As events and advice know it. */
  public String errorClass() {
    return "BACKUP_" + name();
  }
}
