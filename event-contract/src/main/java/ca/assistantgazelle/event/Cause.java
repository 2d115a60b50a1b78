package ca.assistantgazelle.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a trigger was published. */
public enum Cause {
  SCHEDULED,
  MANUAL,
  RETRY,
  CATCH_UP,
  REPLAY,
  BACKFILL,
  SHARD,
  /** A cause that a newer publisher knows and this reader does not. Never written. */
  @JsonEnumDefaultValue
  UNKNOWN
}
