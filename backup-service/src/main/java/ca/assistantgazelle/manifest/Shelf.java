package ca.assistantgazelle.manifest;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.Destination.StoredObject;
import ca.assistantgazelle.failure.BackupException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The backups of one destination. A backup exists if and only if its manifest does and is as it was
 * written; whatever else lies there is debris.
 */
public final class Shelf {
  public static final String ARCHIVE = "archive.zst.age";
  static final String MANIFEST = "manifest.json";
  private static final String SEAL = "manifest.mac";
  private static final String VERIFY = "verify/";
  private static final String LEASE = "lease/";
  private static final String QUARANTINE = "quarantine.json";
  private static final String PIN = "pin.json";

  private final Destination destination;
  private final Seal seal;

  public Shelf(Destination destination, Seal seal) {
    this.destination = destination;
    this.seal = seal;
  }

  public Destination destination() {
    return destination;
  }

  /** The last thing that is written of a backup: with it, the backup exists. */
  public void publish(Manifest manifest) throws IOException {
    var bytes = ManifestJson.write(manifest);
    destination.put(manifest.folder() + SEAL, seal.mark(bytes));
    destination.put(manifest.folder() + MANIFEST, bytes);
  }

  /** What is known of a check, beside the backup: it works where nothing can be overwritten. */
  record Check(String level, boolean passed, Instant at, Long seconds, List<String> findings) {}

  record Note(String reason, Instant at, Instant until) {}

  /**
   * A later verification or rehearsal.
   *
   * @param level {@code L2} or {@code L3}
   * @param seconds how long a rehearsal took; null otherwise
   * @param findings what was not as it should be
   */
  public void noteCheck(
      String folder, String level, Instant at, Long seconds, List<String> findings)
      throws IOException {
    destination.put(
        folder + VERIFY + level + "-" + BackupId.stamp(at) + ".json",
        ManifestJson.write(new Check(level, findings.isEmpty(), at, seconds, findings)));
  }

  /** It no longer counts as a backup, and is kept for inspection. */
  public void quarantine(String folder, String reason, Instant at) throws IOException {
    if (destination.list(folder + QUARANTINE).isEmpty()) {
      destination.put(folder + QUARANTINE, ManifestJson.write(new Note(reason, at, null)));
    }
  }

  /**
   * Nothing removes it until then; to be given back.
   *
   * @return what {@link #release} takes
   */
  public String lease(String folder, String reason, Instant at, Instant until) throws IOException {
    var key = folder + LEASE + BackupId.stamp(at) + "-" + BackupId.random() + ".json";
    destination.put(key, ManifestJson.write(new Note(reason, at, until)));
    return key;
  }

  public void release(String lease) throws IOException {
    destination.delete(lease);
  }

  /** What lies in one folder. */
  private static final class Folder {
    private final TreeMap<String, StoredObject> objects = new TreeMap<>();
  }

  /** Newest first. */
  public List<StoredBackup> list() throws IOException {
    var backups = new ArrayList<StoredBackup>();
    for (var folder : folders().entrySet()) {
      if (folder.getValue().objects.containsKey(MANIFEST)) {
        backups.add(read(folder.getKey(), folder.getValue()));
      }
    }
    backups.sort(
        Comparator.comparing(StoredBackup::takenAt).thenComparing(StoredBackup::id).reversed());
    return backups;
  }

  /** Folders without a manifest: what was never finished. Their objects' keys. */
  public List<Debris> debris() throws IOException {
    var debris = new ArrayList<Debris>();
    for (var folder : folders().entrySet()) {
      if (!folder.getValue().objects.containsKey(MANIFEST)) {
        debris.add(
            new Debris(
                folder.getKey(),
                BackupId.instant(BackupId.ofFolder(folder.getKey())),
                folder.getValue().objects.values().stream().map(StoredObject::key).toList(),
                folder.getValue().objects.containsKey(QUARANTINE)));
      }
    }
    return debris;
  }

  /**
   * What was never finished.
   *
   * @param quarantined it was, but did not read back as it was written
   */
  public record Debris(String folder, Instant begun, List<String> keys, boolean quarantined) {}

  /** Removes a backup: first it stops being one, then its bytes go. */
  public void remove(StoredBackup backup) throws IOException {
    destination.delete(backup.folder() + MANIFEST);
    for (var object : destination.list(backup.folder())) {
      destination.delete(object.key());
    }
  }

  private Map<String, Folder> folders() throws IOException {
    var folders = new TreeMap<String, Folder>();
    for (var object : destination.list("")) {
      var folder = BackupId.folderOf(object.key());
      if (folder != null) {
        folders
            .computeIfAbsent(folder, key -> new Folder())
            .objects
            .put(object.key().substring(folder.length()), object);
      }
    }
    return folders;
  }

  private StoredBackup read(String folder, Folder found) throws IOException {
    var id = BackupId.ofFolder(folder);
    var state = new StoredBackup.Builder(id, folder, BackupId.instant(id));
    var bytes = content(folder + MANIFEST);
    try {
      seal.require(bytes, found.objects.containsKey(SEAL) ? content(folder + SEAL) : null);
      state.manifest(ManifestJson.read(bytes, Manifest.class), found.objects.get(ARCHIVE));
    } catch (BackupException e) {
      state.broken(StoredBackup.State.TAMPERED, e.getMessage());
    } catch (IOException e) {
      state.broken(StoredBackup.State.UNREADABLE, "its manifest is not of a kind known here");
    }
    for (var object : found.objects.values()) {
      var name = object.key().substring(folder.length());
      if (name.startsWith(VERIFY)) {
        var check = ManifestJson.read(content(object.key()), Check.class);
        state.checked(check.level(), check.passed(), check.at(), check.seconds());
      } else if (name.startsWith(LEASE)) {
        state.leased(ManifestJson.read(content(object.key()), Note.class).until());
      } else if (name.equals(QUARANTINE)) {
        state.broken(
            StoredBackup.State.QUARANTINED,
            ManifestJson.read(content(object.key()), Note.class).reason());
      } else if (name.equals(PIN)) {
        state.pinned();
      }
    }
    return state.build();
  }

  /** Nobody's retention removes it any more; and back. */
  public void pin(String folder, boolean pinned, String reason, Instant at) throws IOException {
    if (pinned && destination.list(folder + PIN).isEmpty()) {
      destination.put(folder + PIN, ManifestJson.write(new Note(reason, at, null)));
    } else if (!pinned) {
      destination.delete(folder + PIN);
    }
  }

  private byte[] content(String key) throws IOException {
    try (var in = destination.read(key)) {
      return in.readAllBytes();
    }
  }
}
