package ca.assistantgazelle.backup.verification;

import ca.assistantgazelle.backup.archive.ArchiveEncryption;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.postgresql.PgToolProcess;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads an archive back to its last byte. L1: the bytes are those that were written. L2: they can be decrypted, are
 * what pg_dump wrote, and contain the expected rows. See docs/backup.md.
 */
public final class ArchiveReadBack {
    private static final int BUFFER = 1 << 16;

    private final BackupDestination destination;
    private final BackupManifest.ArchiveInfo archive;
    private final List<RecipientStanzaReader> openers;

    public ArchiveReadBack(
            BackupDestination destination, BackupManifest.ArchiveInfo archive, List<RecipientStanzaReader> openers) {
        this.destination = destination;
        this.archive = archive;
        this.openers = openers;
    }

    /** Consumes the decrypted archive. */
    interface PlainDataSink {
        void write(byte[] some, int length) throws IOException;
    }

    /**
     * Verifies L1 and counts the contents for L2.
     *
     * @throws BackupException describing the first problem found
     * @throws InterruptedException if interrupted
     */
    public ArchiveContents verifyContents() throws IOException, InterruptedException {
        try (var restore = PgToolProcess.start(
                PostgresClientTool.find("pg_restore"),
                List.of("--data-only", "-f", "-"),
                Map.of("LC_ALL", "C.UTF-8"))) {
            var counting = new FutureTask<>(() -> CopyRowCounter.count(restore.stdout()));
            Thread.ofPlatform().daemon().name("archive row counter").start(counting);
            var in = restore.stdin();
            try {
                readWholeArchive((some, length) -> in.write(some, 0, length));
                in.close();
            } catch (BackupException e) {
                throw e;
            } catch (IOException e) {
                throw unreadable(restore, e);
            }
            var archived = counting.get();
            if (restore.awaitExit() != 0) {
                throw unreadable(restore, null);
            }
            return archived;
        } catch (ExecutionException e) {
            throw new IOException("could not count the rows of the archive", e.getCause());
        }
    }

    /**
     * Verifies every byte, and that one of the keys decrypts the archive. The contents were verified before the
     * manifest was signed.
     */
    public void verifyBytes() throws IOException {
        try (var in = new HashingInputStream(openArchive())) {
            drain(in);
            requireExpectedBytes(in.hashing());
        }
        try (var in = openArchive();
                var begin = ArchiveEncryption.decrypt(in, openers)) {
            begin.read();
        }
    }

    // An archive that cannot be decoded is still read to its end: the hash tells whether, and where,
    // its bytes are damaged.
    private void readWholeArchive(PlainDataSink use) throws IOException {
        try (var in = new HashingInputStream(openArchive())) {
            var plain = new HashingOutputStream(OutputStream.nullOutputStream());
            IOException undecodable = null;
            try {
                decode(in, plain, use);
            } catch (SinkFailedException e) {
                throw e.getCause() instanceof IOException known ? known : e;
            } catch (IOException e) {
                undecodable = e;
            }
            in.requireNoReadFailure();
            drain(in);
            requireExpectedBytes(in.hashing());
            if (undecodable instanceof BackupException known) {
                throw known;
            }
            if (undecodable != null || !plain.sha256().equals(archive.plainSha256())) {
                throw new BackupException(
                        BackupErrorClass.VERIFY_CONTENT,
                        destination.name() + ": the SHA-256 of the decrypted archive differs from the manifest.",
                        "Use another backup; keep this one for inspection.",
                        undecodable);
            }
        }
    }

    private static final class SinkFailedException extends IOException {
        private static final long serialVersionUID = 1;

        SinkFailedException(IOException e) {
            super(e);
        }
    }

    private void decode(InputStream in, HashingOutputStream plain, PlainDataSink use) throws IOException {
        try (var opened = ArchiveEncryption.decrypt(new NonClosingInputStream(in), openers)) {
            var buffer = new byte[BUFFER];
            for (int length = opened.read(buffer); length >= 0; length = opened.read(buffer)) {
                plain.write(buffer, 0, length);
                try {
                    use.write(buffer, length);
                } catch (IOException e) {
                    throw new SinkFailedException(e);
                }
            }
        }
    }

    // Stays open so that it can be read to its end after decoding failed.
    private static final class NonClosingInputStream extends FilterInputStream {
        NonClosingInputStream(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // Closed by its owner.
        }
    }

    private InputStream openArchive() throws IOException {
        try {
            return destination.read(archive.key());
        } catch (IOException e) {
            throw BackupException.wrap(
                    e,
                    BackupErrorClass.STORE_READ,
                    destination.name() + ": failed to open the archive",
                    "Check the destination. This copy does not count as a backup.");
        }
    }

    private void drain(InputStream in) throws IOException {
        try {
            var buffer = new byte[BUFFER];
            int length = in.read(buffer);
            while (length >= 0) {
                length = in.read(buffer);
            }
        } catch (IOException e) {
            throw BackupException.wrap(
                    e,
                    BackupErrorClass.STORE_READ,
                    destination.name() + ": failed to read the archive",
                    "Check the destination and the network.");
        }
    }

    private void requireExpectedBytes(HashingOutputStream found) throws BackupException {
        var parts = found.parts();
        if (found.bytes() == archive.storedBytes() && found.sha256().equals(archive.storedSha256())) {
            return;
        }
        throw new BackupException(
                BackupErrorClass.VERIFY_BYTES,
                destination.name()
                        + ": the archive differs from what was written: "
                        + found.bytes()
                        + " of "
                        + archive.storedBytes()
                        + " bytes read"
                        + describeFirstDifference(parts),
                "Do not rely on this destination until it has been checked.");
    }

    private String describeFirstDifference(List<HashingOutputStream.HashedPart> parts) {
        long offset = 0;
        var expected = new ArrayList<>(archive.parts());
        for (int i = 0; i < expected.size(); i++) {
            if (i >= parts.size() || !parts.get(i).equals(expected.get(i))) {
                return ", first difference at or after byte " + offset + ".";
            }
            offset += expected.get(i).bytes();
        }
        return ".";
    }

    private BackupException unreadable(PgToolProcess restore, IOException e) {
        restore.close();
        return new BackupException(
                BackupErrorClass.VERIFY_UNREADABLE,
                destination.name() + ": pg_restore cannot read the archive: " + restore.stderr(),
                "Use another backup. pg_restore must not be older than the pg_dump that wrote the archive.",
                e);
    }
}
