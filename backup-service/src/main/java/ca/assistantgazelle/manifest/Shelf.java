package ca.assistantgazelle.manifest;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.Destination.StoredObject;
import ca.assistantgazelle.failure.BackupException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The backups of one destination. A backup exists if and only if its manifest does and is as it was
 * written; whatever else lies there is debris.
 */
public final class Shelf {
  private static final Logger LOG = Logger.getLogger(Shelf.class);
  public static final String ARCHIVE = "archive.zst.age";
  static final String MANIFEST = "manifest.json";
  private static final String SEAL = "manifest.mac";
  private static final String VERIFY = "verify/";
  private static final String LEASE = "lease/";
  private static final String QUARANTINE = "quarantine.json";
  private static final String PIN = "pin.json";
  private static final String REMOVED = "removed/";

  private final Destination destination;
  private final Seal seal;
  private final String prefix;

  /** The backups of all databases that lie there. */
  public Shelf(Destination destination, Seal seal) {
    this(destination, seal, "");
  }

  private Shelf(Destination destination, Seal seal, String prefix) {
    this.destination = destination;
    this.seal = seal;
    this.prefix = prefix;
  }

  /** Only those of one database: another's have nothing to do with them. */
  public Shelf of(String database) {
    return new Shelf(destination, seal, BackupId.database(database) + "/");
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

  /** Tells the service, which is not asked when a person removes a backup, that this was meant. */
  public void noteRemoval(StoredBackup backup, Instant at) throws IOException {
    destination.put(
        removal(backup.database(), backup.id()),
        ManifestJson.write(new Note("removed by hand", at, null)));
  }

  /** Ids that were removed on purpose. */
  public List<String> removals() throws IOException {
    return destination.list(prefix + REMOVED).stream()
        .map(object -> object.key().replaceFirst("^.*/", "").replaceFirst("\\.json$", ""))
        .toList();
  }

  /** They are known now. */
  public void forgetRemovals(List<String> ids) throws IOException {
    for (var id : ids) {
      destination.delete(prefix + REMOVED + id + ".json");
    }
  }

  private static String removal(String database, String id) {
    return database + "/" + REMOVED + id + ".json";
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

  /**
   * Folders without a manifest and without a seal: what was never finished. A seal without its
   * manifest is a backup that somebody damaged, and is left for inspection.
   */
  public List<Debris> debris() throws IOException {
    var debris = new ArrayList<Debris>();
    for (var folder : folders().entrySet()) {
      var objects = folder.getValue().objects;
      if (!objects.containsKey(MANIFEST) && !objects.containsKey(SEAL)) {
        debris.add(
            new Debris(
                folder.getKey(),
                objects.values().stream()
                    .map(StoredObject::modified)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(BackupId.instant(BackupId.ofFolder(folder.getKey()))),
                objects.values().stream().map(StoredObject::key).toList(),
                objects.containsKey(QUARANTINE)));
      }
    }
    return debris;
  }

  /**
   * What was never finished.
   *
   * @param touched when its newest object was written
   * @param quarantined it was, but did not read back as it was written
   */
  public record Debris(String folder, Instant touched, List<String> keys, boolean quarantined) {
    public String id() {
      return BackupId.ofFolder(folder);
    }
  }

  /** Removes a backup: first it stops being one, then its bytes go. */
  public void remove(StoredBackup backup) throws IOException {
    destination.delete(backup.folder() + MANIFEST);
    destination.delete(backup.folder() + SEAL);
    for (var object : destination.list(backup.folder())) {
      destination.delete(object.key());
    }
  }

  private Map<String, Folder> folders() throws IOException {
    var folders = new TreeMap<String, Folder>();
    for (var object : destination.list(prefix)) {
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
    // What cannot be read now says nothing about the backup: it is not called damaged for it.
    var bytes = content(folder + MANIFEST);
    var mark = found.objects.containsKey(SEAL) ? content(folder + SEAL) : null;
    try {
      seal.require(bytes, mark);
      state.manifest(ManifestJson.read(bytes, Manifest.class), found.objects.get(ARCHIVE));
    } catch (BackupException e) {
      state.broken(StoredBackup.State.TAMPERED, e.getMessage());
    } catch (IOException | RuntimeException e) {
      state.broken(StoredBackup.State.UNREADABLE, "its manifest is not of a kind known here");
    }
    for (var object : found.objects.values()) {
      note(state, object, object.key().substring(folder.length()));
    }
    return state.build();
  }

  private void note(StoredBackup.Builder state, StoredObject object, String name) {
    if (name.equals(PIN)) {
      state.pinned();
    } else if (name.startsWith(VERIFY)) {
      noted(object, Check.class)
          .filter(check -> check.level() != null && check.at() != null)
          .ifPresent(
              check -> state.checked(check.level(), check.passed(), check.at(), check.seconds()));
    } else if (name.startsWith(LEASE)) {
      // One that cannot be read is believed for a day.
      noted(object, Note.class)
          .map(Note::until)
          .or(() -> Optional.ofNullable(object.modified()).map(at -> at.plus(Duration.ofDays(1))))
          .ifPresent(state::leased);
    } else if (name.equals(QUARANTINE)) {
      state.broken(
          StoredBackup.State.QUARANTINED,
          noted(object, Note.class).map(Note::reason).orElse("its note cannot be read"));
    }
  }

  // A note that is gone meanwhile, or garbled, must not hide the backup, nor the others.
  private <T> Optional<T> noted(StoredObject object, Class<T> kind) {
    try {
      return Optional.ofNullable(ManifestJson.read(content(object.key()), kind));
    } catch (IOException | RuntimeException e) {
      LOG.warnf("%s: %s cannot be read: %s", destination.name(), object.key(), e.getMessage());
      return Optional.empty();
    }
  }

  /** It passed a check since: it counts again. */
  public void lift(String folder) throws IOException {
    destination.delete(folder + QUARANTINE);
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
