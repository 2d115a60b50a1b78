package ca.assistantgazelle.manifest;

import java.io.IOException;
import java.time.Instant;

/** Backups of other nights, made of one that is there. */
public final class OldBackups {
  private OldBackups() {}

  /** The same archive under another id, sealed like its own. */
  public static void copy(Shelf shelf, StoredBackup backup, Instant takenAt) throws IOException {
    var id = BackupId.of(takenAt);
    var old = backup.manifest();
    var folder = BackupId.folder(old.source().database(), id);
    var archive = old.archive();
    try (var in = shelf.destination().read(archive.key())) {
      shelf.destination().put(folder + Shelf.ARCHIVE, in.readAllBytes());
    }
    shelf.publish(
        new Manifest(
            old.format(),
            id,
            old.run(),
            old.reason(),
            old.source(),
            old.tool(),
            new Manifest.Snapshot(takenAt, null, null),
            old.scope(),
            old.roles(),
            old.extensions(),
            old.tables(),
            old.objects(),
            old.definitions(),
            old.sequences(),
            new Manifest.Archive(
                folder + Shelf.ARCHIVE,
                archive.format(),
                archive.plainBytes(),
                archive.plainSha256(),
                archive.compression(),
                archive.encryption(),
                archive.storedBytes(),
                archive.storedSha256(),
                archive.parts()),
            new Manifest.Verified("L2", takenAt),
            old.stored(),
            old.timingMs()));
  }
}
