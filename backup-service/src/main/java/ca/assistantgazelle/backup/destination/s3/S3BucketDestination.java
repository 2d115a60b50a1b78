package ca.assistantgazelle.backup.destination.s3;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.DestinationInputStream;
import ca.assistantgazelle.backup.destination.ObjectUpload;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of Amazon S3 or of a compatible store such as Supabase Storage or MinIO. It does not use the transfer
 * manager of the SDK, which hangs on sources of unknown length.
 */
public final class S3BucketDestination implements BackupDestination {
    private final S3Client client;
    private final S3CallTracker tracker;
    private final String bucket;
    private final String prefix;
    private final S3Profile profile;
    private final String host;

    /**
     * @param answers tracker of that client
     * @param prefix without leading and trailing slashes; may be empty
     * @param host of the endpoint
     */
    S3BucketDestination(
            S3Client client, S3CallTracker answers, String bucket, String prefix, S3Profile profile, String host) {
        this.client = client;
        this.tracker = answers;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() ? "" : prefix + "/";
        this.profile = profile;
        this.host = host;
    }

    @Override
    public String name() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public String kind() {
        return "s3";
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public void probe() throws IOException {
        call(() -> client.listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(1)));
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    @Override
    public ObjectUpload beginUpload(String key) throws IOException {
        requireAbsent(key);
        var id = call(() -> client.createMultipartUpload(r -> r.bucket(bucket).key(prefix + key))
                .uploadId());
        return new MultipartUpload(this, prefix + key, id);
    }

    @Override
    public void put(String key, byte[] content) throws IOException {
        requireAbsent(key);
        try {
            call(() -> client.putObject(
                    request -> {
                        request.bucket(bucket).key(prefix + key);
                        if (profile.isConditional()) {
                            request.ifNoneMatch("*");
                        }
                    },
                    RequestBody.fromBytes(content)));
        } catch (BackupException e) {
            // If the response to the first attempt was lost, the existing object is our own.
            if (e.errorClass() != BackupErrorClass.STORE_CONFLICT
                    || !tracker.wasRetried()
                    || !hasContent(key, content)) {
                throw e;
            }
        }
    }

    private boolean hasContent(String key, byte[] content) throws IOException {
        try (var in = read(key)) {
            return Arrays.equals(in.readAllBytes(), content);
        }
    }

    /** Whether an object of that size exists. */
    boolean exists(String fullKey, long bytes) throws IOException {
        var size = size(fullKey);
        return size.isPresent() && size.getAsLong() == bytes;
    }

    private OptionalLong size(String fullKey) throws IOException {
        return call(() -> {
            try {
                return OptionalLong.of(
                        client.headObject(r -> r.bucket(bucket).key(fullKey)).contentLength());
            } catch (NoSuchKeyException e) {
                return OptionalLong.empty();
            }
        });
    }

    // For stores without conditional writes. Two concurrent writers could both pass this check.
    private void requireAbsent(String key) throws IOException {
        if (!profile.isConditional() && size(prefix + key).isPresent()) {
            throw conflict(key, null);
        }
    }

    @Override
    public InputStream read(String key) throws IOException {
        var stream = call(() -> client.getObject(r -> r.bucket(bucket).key(prefix + key)));
        return new DestinationInputStream(new S3Download(this, stream), name());
    }

    @Override
    public List<StoredObject> list(String keys) throws IOException {
        return call(() -> {
            var found = new ArrayList<StoredObject>();
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix + keys))
                    .contents()
                    .forEach(object -> found.add(new StoredObject(
                            object.key().substring(prefix.length()), object.size(), object.lastModified())));
            found.sort(Comparator.comparing(StoredObject::key));
            return found;
        });
    }

    // One by one: bulk deletion needs Content-MD5, which some stores reject.
    @Override
    public void delete(String key) throws IOException {
        call(() -> client.deleteObject(r -> r.bucket(bucket).key(prefix + key)));
    }

    @Override
    public int abortUnfinishedUploads(Instant before) throws IOException {
        var old = call(() -> client.listMultipartUploads(r -> r.bucket(bucket).prefix(prefix)).uploads().stream()
                .filter(one -> one.initiated() != null && one.initiated().isBefore(before))
                .toList());
        for (var upload : old) {
            call(() -> client.abortMultipartUpload(
                    r -> r.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
        }
        return old.size();
    }

    @Override
    public void close() {
        client.close();
    }

    boolean wasRetried() {
        return tracker.wasRetried();
    }

    Duration timeSinceLastResponse() {
        return tracker.timeSinceLastResponse();
    }

    S3Client client() {
        return client;
    }

    String bucket() {
        return bucket;
    }

    S3Profile profile() {
        return profile;
    }

    /** Calls the store and converts its failures to a {@link BackupException}. */
    <T> T call(S3Call<T> call) throws IOException {
        try {
            return call.execute();
        } catch (SdkException e) {
            throw toException(e);
        }
    }

    /** A call to the store. */
    interface S3Call<T> {
        T execute();
    }

    BackupException conflict(String key, Exception e) {
        return new BackupException(
                BackupErrorClass.STORE_CONFLICT,
                name() + " has " + key + " already; it was not changed.",
                "Backups are never overwritten. Find out what else writes to this destination.",
                e);
    }

    IOException toException(SdkException e) {
        if (e instanceof S3Exception answer) {
            int status = answer.statusCode();
            var code = answer.awsErrorDetails() == null
                    ? ""
                    : answer.awsErrorDetails().errorCode();
            if (status == 412) {
                return conflict("an object of this name", e);
            }
            if (status == 401 || status == 403 || "NoSuchBucket".equals(code)) {
                return new BackupException(
                        BackupErrorClass.STORE_AUTH,
                        name() + " denied access: " + status + " " + code,
                        "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, the bucket name and this machine's clock.",
                        e);
            }
            if (status == 404) {
                return new BackupException(
                        BackupErrorClass.STORE_READ,
                        name() + ": the object does not exist (404 " + code + ")",
                        "Check the destination: something deletes stored objects.",
                        e);
            }
            return new BackupException(
                    BackupErrorClass.STORE_TRANSIENT,
                    name() + " returned " + status + " " + code + " after several attempts.",
                    "Check the status of the store. The next backup tries again.",
                    e);
        }
        return new BackupException(
                BackupErrorClass.STORE_TRANSIENT,
                name() + " is unreachable: " + rootCauseMessage(e),
                "Check AWS_ENDPOINT_URL_S3, DNS and the network.",
                e);
    }

    private static String rootCauseMessage(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }
}
