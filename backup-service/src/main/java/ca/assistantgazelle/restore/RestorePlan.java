package ca.assistantgazelle.restore;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.postgresql.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restore would do. Making it changes nothing.
 *
 * @param database that is filled
 * @param create whether it has to be made
 * @param replaces the database whose place it takes afterwards; null = none
 * @param roles that have to be made, without login
 */
public record RestorePlan(
    StoredBackup backup, String database, boolean create, String replaces, List<String> roles) {

  /**
   * @throws BackupException with {@link Cause#RESTORE_REFUSED} when it must not be done, saying why
   */
  static RestorePlan of(StoredBackup backup, RestoreRequest request, TargetServer server)
      throws IOException {
    var manifest = backup.manifest();
    try {
      Tool.restorer(manifest.tool().pgDump());
    } catch (BackupException e) {
      throw refused(e.getMessage(), e.suggestion());
    }
    int major = server.major();
    if (major < manifest.source().major()) {
      throw refused(
          "The target is version "
              + major
              + ", the backup is of "
              + manifest.source().serverVersion()
              + ".",
          "Restore into a server of version " + manifest.source().major() + " or newer.");
    }
    requireExtensions(manifest, server);
    var roles = server.missingRoles(manifest.roles());
    if (!roles.isEmpty() && !server.mayCreateRoles()) {
      throw refused(
          "The schema names roles that the target does not have, and the login may not make them: "
              + roles,
          "Create them there without login, or use a login with CREATEROLE.");
    }
    var named = request.target().database();
    var wanted = named.isEmpty() && request.replaceSource() ? manifest.source().database() : named;
    if (request.replaceSource()) {
      requireSource(manifest, wanted, server);
    }
    var own = "restore_" + backup.id();
    if (wanted.isEmpty()) {
      return fresh(backup, own, null, roles, server);
    }
    if (!server.exists(wanted)) {
      return new RestorePlan(backup, wanted, true, null, roles);
    }
    if (server.isSource(manifest.source(), wanted)) {
      requireConfirmation(request, wanted);
      return fresh(backup, own, wanted, roles, server);
    }
    if (!server.isEmpty(wanted)) {
      throw refused(
          "Database " + wanted + " on " + server + " is not empty.",
          "Name one that does not exist; it is made.");
    }
    return new RestorePlan(backup, wanted, false, null, roles);
  }

  private static RestorePlan fresh(
      StoredBackup backup, String name, String replaces, List<String> roles, TargetServer server)
      throws IOException {
    if (server.exists(name)) {
      throw refused(
          "Database " + name + " on " + server + " exists already.",
          "Drop it, or name another one with --into.");
    }
    return new RestorePlan(backup, name, true, replaces, roles);
  }

  private static void requireSource(Manifest manifest, String wanted, TargetServer server)
      throws IOException {
    if (!server.exists(wanted) || !server.isSource(manifest.source(), wanted)) {
      throw refused(
          wanted + " on " + server + " is not the database that the backup was taken from.",
          "Name the source with --into; or leave --replace-source out to restore beside it.");
    }
  }

  private static void requireConfirmation(RestoreRequest request, String wanted)
      throws BackupException {
    if (!request.replaceSource()) {
      throw refused(
          "Database " + wanted + " is the one that the backup was taken from.",
          "Restore into another database; or, to put it in the source's place, add --replace-source --confirm "
              + wanted
              + ": the present one is kept under another name.");
    }
    if (!wanted.equals(request.confirm())) {
      throw refused(
          "Replacing " + wanted + " was not confirmed.",
          "Type its name: --confirm " + wanted + ".");
    }
  }

  private static void requireExtensions(Manifest manifest, TargetServer server)
      throws BackupException {
    var missing = server.missingExtensions(manifest.extensions());
    if (!missing.isEmpty()) {
      throw refused(
          "The target lacks extensions: " + String.join(", ", missing) + ".",
          "Install their packages on the target server.");
    }
  }

  static BackupException refused(String message, String suggestion) {
    return new BackupException(Cause.RESTORE_REFUSED, message, suggestion);
  }

  /** For people, before anything is done. */
  public List<String> lines() {
    var manifest = backup.manifest();
    var lines = new ArrayList<String>();
    lines.add(
        "backup     "
            + backup.id()
            + ", of database "
            + manifest.source().database()
            + " (PostgreSQL "
            + manifest.source().serverVersion()
            + "), checked to "
            + backup.level());
    lines.add(
        "holds      "
            + manifest.tables().size()
            + " tables, "
            + manifest.rows()
            + " rows, "
            + manifest.archive().plainBytes()
            + " bytes opened");
    lines.add("into       " + database + (create ? ", which is made" : ", which is empty"));
    if (replaces != null) {
      lines.add(
          "then       takes the place of " + replaces + ", which is kept as old_" + backup.id());
    }
    if (!roles.isEmpty()) {
      lines.add("roles      made without login: " + String.join(", ", roles));
    }
    if (backup.rehearsalSeconds() != null) {
      lines.add("may take   " + backup.rehearsalSeconds() + " s, as in its last rehearsal");
    }
    return lines;
  }
}
