package ca.assistantgazelle.backup.destination;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
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

/** A local directory. Files are written under a temporary name, synced and renamed; only the owner can access them. */
public final class LocalDirectoryDestination implements BackupDestination {
    private static final String PART_SUFFIX = ".part";
    private static final long FULL_BELOW_BYTES = 1 << 20;

    private final Path root;

    /** @param root absolute path; created if it does not exist */
    public LocalDirectoryDestination(Path root) {
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
            throw writeFailure(e);
        }
        if (!Files.isWritable(root)) {
            throw writeFailure(new IOException(root + " is not writable"));
        }
    }

    @Override
    public OptionalLong freeBytes() throws IOException {
        return OptionalLong.of(Files.getFileStore(root).getUsableSpace());
    }

    @Override
    public ObjectUpload beginUpload(String key) throws IOException {
        var target = root.resolve(key);
        try {
            createDirectories(target.getParent());
            if (Files.exists(target)) {
                throw conflict(key, null);
            }
            return new PartFileUpload(target);
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw writeFailure(e);
        }
    }

    @Override
    public InputStream read(String key) throws IOException {
        return Files.newInputStream(root.resolve(key));
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        var found = new ArrayList<StoredObject>();
        for (var file : listFiles()) {
            var key = root.relativize(file).toString();
            if (key.startsWith(prefix) && !key.endsWith(PART_SUFFIX)) {
                toStoredObject(file, key).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(StoredObject::key));
        return found;
    }

    // The file may be deleted while the directory is listed.
    private static Optional<StoredObject> toStoredObject(Path file, String key) throws IOException {
        try {
            return Optional.of(new StoredObject(
                    key, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    // Walks the real path, because a walk does not follow a link even as its root. Directories
    // without access, such as lost+found, are skipped.
    private List<Path> listFiles() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        var real = root.toRealPath();
        var files = new ArrayList<Path>();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(root.resolve(real.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof AccessDeniedException || failure instanceof NoSuchFileException) {
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
            for (var folder = file.getParent(); !folder.equals(root) && isEmpty(folder); folder = folder.getParent()) {
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
    public int abortUnfinishedUploads(Instant before) throws IOException {
        int forgotten = 0;
        for (var file : listFiles()) {
            if (file.toString().endsWith(PART_SUFFIX)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.delete(file);
                forgotten++;
            }
        }
        return forgotten;
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    private void createDirectories(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createDirectories(folder.getParent());
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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
                BackupErrorClass.STORE_CONFLICT,
                key + " already exists and was not changed.",
                "Backups are never overwritten. Find out what else writes to this destination.",
                e);
    }

    private BackupException writeFailure(IOException e) {
        var words = e.getMessage() == null ? "" : e.getMessage();
        // Free space is checked because the message is localised.
        if (isFull(e)) {
            return new BackupException(
                    BackupErrorClass.STORE_SPACE,
                    name() + " is full.",
                    "Free space manually: no backup is deleted to make space for another.",
                    e);
        }
        return new BackupException(
                BackupErrorClass.STORE_WRITE,
                name() + " is not writable: " + words,
                "Make sure that the directory exists and is writable by this service.",
                e);
    }

    private boolean isFull(IOException failure) {
        try {
            return Files.getFileStore(root).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private final class PartFileUpload implements ObjectUpload {
        private final Path target;
        private final Path part;
        private final FileChannel channel;

        PartFileUpload(Path target) throws IOException {
            this.target = target;
            this.part = target.resolveSibling(target.getFileName() + PART_SUFFIX);
            this.channel = FileChannel.open(
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
                throw writeFailure(e);
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
                throw writeFailure(e);
            }
        }

        @Override
        public void abort() throws IOException {
            channel.close();
            Files.deleteIfExists(part);
        }
    }
}
