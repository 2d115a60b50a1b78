package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.StoredBackup;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restore will do. Creating a plan changes nothing.
 *
 * @param database the target database
 * @param createDatabase whether it has to be created
 * @param replaces the database that it replaces afterwards; null if none
 * @param roles the roles to create, without login
 */
public record RestorePlan(
        StoredBackup backup, String database, boolean createDatabase, String replaces, List<String> roles) {

    /** @throws BackupException with {@link BackupErrorClass#RESTORE_REFUSED} if the restore is not allowed */
    static RestorePlan of(StoredBackup backup, RestoreRequest request, RestoreTargetServer server) throws IOException {
        var manifest = backup.manifest();
        requireTool(manifest);
        requireVersion(manifest, server);
        requireExtensions(manifest, server);
        var roles = creatableRoles(manifest, server);
        var named = request.target().database();
        var database =
                named.isEmpty() && request.replaceSource() ? manifest.source().database() : named;
        if (request.replaceSource()) {
            requireSource(manifest, database, server);
        }
        var own = "restore_" + backup.id();
        if (database.isEmpty()) {
            return intoNewDatabase(backup, own, null, roles, server);
        }
        if (!server.exists(database)) {
            return new RestorePlan(backup, database, true, null, roles);
        }
        if (server.isSource(manifest.source(), database)) {
            requireConfirmation(request, database);
            return intoNewDatabase(backup, own, database, roles, server);
        }
        if (!server.isEmpty(database)) {
            throw refused(
                    "Database " + database + " on " + server + " is not empty.",
                    "Use the name of a database that does not exist; it will be created.");
        }
        return new RestorePlan(backup, database, false, null, roles);
    }

    private static void requireTool(BackupManifest manifest) throws IOException {
        try {
            PostgresClientTool.pgRestoreFor(manifest.tool().pgDump());
        } catch (BackupException e) {
            throw refused(e.getMessage(), e.suggestion());
        }
    }

    private static void requireVersion(BackupManifest manifest, RestoreTargetServer server) throws BackupException {
        int major = server.majorVersion();
        if (major < manifest.source().majorVersion()) {
            throw refused(
                    "The target is version %d, older than version %s of the backup."
                            .formatted(major, manifest.source().serverVersion()),
                    "Use a server of version " + manifest.source().majorVersion() + " or newer.");
        }
    }

    private static List<String> creatableRoles(BackupManifest manifest, RestoreTargetServer server)
            throws BackupException {
        var roles = server.missingRoles(manifest.roles());
        if (!roles.isEmpty() && !server.mayCreateRoles()) {
            throw refused(
                    "The target lacks roles that the schema refers to, and this login may not create them: " + roles,
                    "Create them with NOLOGIN, or use a login with CREATEROLE.");
        }
        return roles;
    }

    private static RestorePlan intoNewDatabase(
            StoredBackup backup, String name, String replaces, List<String> roles, RestoreTargetServer server)
            throws IOException {
        if (server.exists(name)) {
            throw refused(
                    "Database " + name + " on " + server + " already exists.",
                    "Drop it, or choose another name with --into.");
        }
        return new RestorePlan(backup, name, true, replaces, roles);
    }

    private static void requireSource(BackupManifest manifest, String wanted, RestoreTargetServer server)
            throws IOException {
        if (!server.exists(wanted) || !server.isSource(manifest.source(), wanted)) {
            throw refused(
                    wanted + " on " + server + " is not the database the backup was taken from.",
                    "Specify the source with --into, or omit --replace-source to restore into another database.");
        }
    }

    private static void requireConfirmation(RestoreRequest request, String wanted) throws BackupException {
        if (!request.replaceSource()) {
            throw refused(
                    "Database " + wanted + " is the one the backup was taken from.",
                    "Restore into another database, or replace the source with --replace-source --confirm "
                            + wanted
                            + "; the current database is kept under another name.");
        }
        if (!wanted.equals(request.confirm())) {
            throw refused("Replacing " + wanted + " was not confirmed.", "Type its name: --confirm " + wanted + ".");
        }
    }

    private static void requireExtensions(BackupManifest manifest, RestoreTargetServer server) throws BackupException {
        var missing = server.missingExtensions(manifest.extensions());
        if (!missing.isEmpty()) {
            throw refused(
                    "The target lacks extensions: " + String.join(", ", missing) + ".",
                    "Install them on the target server.");
        }
    }

    static BackupException refused(String message, String suggestion) {
        return new BackupException(BackupErrorClass.RESTORE_REFUSED, message, suggestion);
    }

    /** Describes the plan, one line per item. */
    public List<String> describe() {
        var manifest = backup.manifest();
        var lines = new ArrayList<String>();
        lines.add("backup     "
                + backup.id()
                + ", of database "
                + manifest.source().database()
                + " (PostgreSQL "
                + manifest.source().serverVersion()
                + "), verified to level "
                + backup.level());
        lines.add("holds      "
                + manifest.tables().size()
                + " tables, "
                + manifest.totalRows()
                + " rows, "
                + manifest.archive().plainBytes()
                + " bytes uncompressed");
        lines.add("into       " + database + (createDatabase ? ", which will be created" : ", which is empty"));
        if (replaces != null) {
            lines.add("then       replaces " + replaces + ", which is kept as old_" + backup.id());
            lines.add("warning    jobs that fell due since " + backup.takenAt()
                    + " are caught up at once if they are still of use, and may mail people a second time;"
                    + " --skip-catch-up starts the timetables from now");
        }
        if (!roles.isEmpty()) {
            lines.add("roles      created without login: " + String.join(", ", roles));
        }
        if (backup.drillSeconds() != null) {
            lines.add("may take   " + backup.drillSeconds() + " s, as in its last restore drill");
        }
        return lines;
    }
}
