package ca.assistantgazelle.backup.destination.s3;

import ca.assistantgazelle.backup.destination.ObjectUpload;
import ca.assistantgazelle.backup.destination.UploadChunk;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A multipart upload: one part is filled while the previous one is sent. */
final class MultipartUpload implements ObjectUpload {
    private static final int PART_BYTES = 8 << 20;

    private final S3BucketDestination bucket;
    private final String key;
    private final String id;
    private final List<CompletedPart> parts = new ArrayList<>();
    private UploadChunk current = new UploadChunk(PART_BYTES);
    private UploadChunk spare = new UploadChunk(PART_BYTES);
    private long total;
    private FutureTask<CompletedPart> sending;
    private volatile Thread sender;

    MultipartUpload(S3BucketDestination place, String key, String id) {
        this.bucket = place;
        this.key = key;
        this.id = id;
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            done += current.append(some, offset + done, length - done);
            if (current.isFull()) {
                send();
            }
        }
    }

    @Override
    public void complete() throws IOException {
        if (current.filled() > 0 || (parts.isEmpty() && sending == null)) {
            send();
        }
        awaitSent();
        try {
            completeParts();
        } catch (BackupException e) {
            // After a lost response, the retry reports that the upload is gone or the object exists. An
            // object of the expected size is accepted as ours; its bytes are verified later anyway.
            boolean perhapsOurs = bucket.wasRetried()
                    && (e.errorClass() == BackupErrorClass.STORE_CONFLICT
                            || e.errorClass() == BackupErrorClass.STORE_READ);
            if (!perhapsOurs || !bucket.exists(key, total)) {
                throw e;
            }
        }
    }

    private void completeParts() throws IOException {
        bucket.call(() -> bucket.client().completeMultipartUpload(request -> {
            request.bucket(bucket.bucket()).key(key).uploadId(id).multipartUpload(all -> all.parts(parts));
            if (bucket.profile().isConditional()) {
                request.ifNoneMatch("*");
            }
        }));
    }

    @Override
    public Duration timeSinceLastResponse() {
        return bucket.timeSinceLastResponse();
    }

    @Override
    public void abort() throws IOException {
        var thread = sender;
        if (thread != null) {
            thread.interrupt();
        }
        bucket.call(() -> bucket.client()
                .abortMultipartUpload(r -> r.bucket(bucket.bucket()).key(key).uploadId(id)));
    }

    private void send() throws IOException {
        awaitSent();
        var part = current;
        total += part.filled();
        int number = parts.size() + 1;
        sending = new FutureTask<>(() -> upload(part, number));
        sender = Thread.ofPlatform().daemon().name("part " + number).start(sending);
        current = spare;
        spare = part;
        current.discardFirst(current.filled());
    }

    private CompletedPart upload(UploadChunk part, int number) throws IOException {
        var body = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(part.bytes(), 0, part.filled()),
                part.filled(),
                "application/octet-stream");
        var tag = bucket.call(() -> bucket.client()
                .uploadPart(r -> r.bucket(bucket.bucket()).key(key).uploadId(id).partNumber(number), body)
                .eTag());
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void awaitSent() throws IOException {
        if (sending == null) {
            return;
        }
        try {
            parts.add(sending.get());
            sending = null;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException(e.getCause().toString(), e.getCause());
        } catch (InterruptedException | CancellationException e) {
            var stopped = new InterruptedIOException("interrupted");
            stopped.initCause(e);
            throw stopped;
        }
    }
}
