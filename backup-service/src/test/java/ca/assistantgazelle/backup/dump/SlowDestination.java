package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Wraps a destination; writes block until the test releases them, and signal that they wait. */
record SlowDestination(BackupDestination real, CompletableFuture<Void> started, CountDownLatch gate)
        implements BackupDestination {
    SlowDestination(BackupDestination real, CompletableFuture<Void> started) {
        this(real, started, new CountDownLatch(1));
    }

    void release() {
        gate.countDown();
    }

    @Override
    public ObjectUpload beginUpload(String key) throws IOException {
        var upload = real.beginUpload(key);
        return new ObjectUpload() {
            @Override
            public void write(byte[] some, int offset, int length) throws IOException {
                started.complete(null);
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
                upload.write(some, offset, length);
            }

            @Override
            public void complete() throws IOException {
                upload.complete();
            }

            @Override
            public void abort() throws IOException {
                upload.abort();
            }
        };
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public String kind() {
        return real.kind();
    }

    @Override
    public String host() {
        return real.host();
    }

    @Override
    public void probe() throws IOException {
        real.probe();
    }

    @Override
    public OptionalLong freeBytes() throws IOException {
        return real.freeBytes();
    }

    @Override
    public void put(String key, byte[] content) throws IOException {
        real.put(key, content);
    }

    @Override
    public InputStream read(String key) throws IOException {
        return real.read(key);
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        return real.list(prefix);
    }

    @Override
    public void delete(String key) throws IOException {
        real.delete(key);
    }

    @Override
    public int abortUnfinishedUploads(Instant before) throws IOException {
        return real.abortUnfinishedUploads(before);
    }

    @Override
    public void close() {
        real.close();
    }
}
