package ca.assistantgazelle.contract.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a trigger was published. */
public enum RunCause {
    SCHEDULED,
    MANUAL,
    RETRY,
    CATCH_UP,
    REPLAY,
    BACKFILL,
    SHARD,
    /** A cause of a newer version that this reader does not know. Never written. */
    @JsonEnumDefaultValue
    UNKNOWN
}
