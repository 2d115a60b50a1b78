package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import java.util.List;

/**
 * What to restore, and where.
 *
 * @param target server, login and database name; an empty name stands for {@code restore_<id>}
 * @param tables restores only copies of these tables; empty for the whole database
 * @param intoSchema schema for the copies; null for the whole database
 * @param replaceSource whether to replace the database the backup was taken from
 * @param confirm the name of that database, typed as a confirmation; null if not confirmed
 * @param neutralise whether to disable the restored system
 * @param skipCatchUp whether a system that replaces its source starts its timetables from now
 */
public record RestoreRequest(
        DatabaseAddress target,
        List<String> tables,
        String intoSchema,
        boolean replaceSource,
        String confirm,
        boolean neutralise,
        boolean skipCatchUp) {
    /** A request that catches up what fell due since the backup. */
    public RestoreRequest(
            DatabaseAddress target,
            List<String> tables,
            String intoSchema,
            boolean replaceSource,
            String confirm,
            boolean neutralise) {
        this(target, tables, intoSchema, replaceSource, confirm, neutralise, false);
    }
}
