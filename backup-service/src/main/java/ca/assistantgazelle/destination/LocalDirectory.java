package ca.assistantgazelle.destination;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A directory: written beside, synced, renamed, and the directory synced. Files are the owner's
 * only.
 */
public final class LocalDirectory implements Destination {
  private static final String PART = ".part";
  private static final long NO_ROOM = 1 << 20;

  private final Path root;

  /**
   * @param root absolute; made when it is not there
   */
  public LocalDirectory(Path root) {
    this.root = root.normalize();
  }

  @Override
  public String name() {
    return "file://" + root;
  }

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public String host() {
    return null;
  }

  @Override
  public void probe() throws IOException {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw refused(e);
    }
    if (!Files.isWritable(root)) {
      throw refused(new IOException(root + " may not be written"));
    }
  }

  @Override
  public OptionalLong room() throws IOException {
    return OptionalLong.of(Files.getFileStore(root).getUsableSpace());
  }

  @Override
  public Upload begin(String key) throws IOException {
    var target = root.resolve(key);
    try {
      makeFolder(target.getParent());
      if (Files.exists(target)) {
        throw conflict(key, null);
      }
      return new PartFile(target);
    } catch (BackupException e) {
      throw e;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    return Files.newInputStream(root.resolve(key));
  }

  @Override
  public List<StoredObject> list(String prefix) throws IOException {
    var found = new ArrayList<StoredObject>();
    for (var file : files()) {
      var key = root.relativize(file).toString();
      if (key.startsWith(prefix) && !key.endsWith(PART)) {
        stored(file, key).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing(StoredObject::key));
    return found;
  }

  // Somebody may remove it while it is listed.
  private static Optional<StoredObject> stored(Path file, String key) throws IOException {
    try {
      return Optional.of(
          new StoredObject(key, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  // By the real path: a walk does not follow a link, not even the one it begins with. What we may
  // not look into is none of ours, such as a disk's lost+found.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    var real = root.toRealPath();
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(root.resolve(real.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof AccessDeniedException
                || failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return files;
  }

  @Override
  public void delete(String key) throws IOException {
    var file = root.resolve(key);
    if (Files.deleteIfExists(file)) {
      sync(file.getParent());
      for (var folder = file.getParent();
          !folder.equals(root) && isEmpty(folder);
          folder = folder.getParent()) {
        Files.delete(folder);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  @Override
  public int forgetUnfinished(Instant before) throws IOException {
    int forgotten = 0;
    for (var file : files()) {
      if (file.toString().endsWith(PART)
          && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
        Files.delete(file);
        forgotten++;
      }
    }
    return forgotten;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }

  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      makeFolder(folder.getParent());
      try {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException madeMeanwhile) {
        return;
      }
      sync(folder.getParent());
    }
  }

  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static BackupException conflict(String key, IOException e) {
    return new BackupException(
        Cause.STORE_CONFLICT,
        key + " exists already; it was left as it is.",
        "Nothing overwrites a backup: look at who else writes there.",
        e);
  }

  private BackupException refused(IOException e) {
    var words = e.getMessage() == null ? "" : e.getMessage();
    // The words are the machine's language's; the room that is left is not.
    if (isFull(e)) {
      return new BackupException(
          Cause.STORE_SPACE,
          name() + " is full.",
          "Make room by hand: no backup is removed to make room for another.",
          e);
    }
    return new BackupException(
        Cause.STORE_WRITE,
        name() + " cannot be written: " + words,
        "See that the directory exists and may be written by this service.",
        e);
  }

  private boolean isFull(IOException failure) {
    try {
      return Files.getFileStore(root).getUsableSpace() < NO_ROOM;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  private final class PartFile implements Upload {
    private final Path target;
    private final Path part;
    private final FileChannel channel;

    PartFile(Path target) throws IOException {
      this.target = target;
      this.part = target.resolveSibling(target.getFileName() + PART);
      this.channel =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      try {
        for (var left = ByteBuffer.wrap(some, offset, length); left.hasRemaining(); ) {
          channel.write(left);
        }
      } catch (IOException e) {
        throw refused(e);
      }
    }

    @Override
    public void complete() throws IOException {
      try {
        channel.force(true);
        channel.close();
        if (Files.exists(target)) {
          throw conflict(target.getFileName().toString(), null);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        sync(target.getParent());
      } catch (BackupException e) {
        throw e;
      } catch (IOException e) {
        throw refused(e);
      }
    }

    @Override
    public void abort() throws IOException {
      channel.close();
      Files.deleteIfExists(part);
    }
  }
}
