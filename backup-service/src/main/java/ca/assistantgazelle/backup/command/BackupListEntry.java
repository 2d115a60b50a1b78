package ca.assistantgazelle.backup.command;

import java.time.Instant;

/** One line of the JSON output. */
record BackupListEntry(
        String id,
        Instant takenAt,
        String destination,
        String state,
        String problem,
        String level,
        Instant verifiedAt,
        Instant drilledAt,
        Long drillSeconds,
        boolean pinned,
        Long rows,
        Long storedBytes) {}
