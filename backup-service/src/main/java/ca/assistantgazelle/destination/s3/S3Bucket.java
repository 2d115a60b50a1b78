package ca.assistantgazelle.destination.s3;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.NamedInput;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
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
 * A bucket of Amazon S3, or of a compatible store such as Supabase Storage or MinIO. The
 * synchronous client and our own parts: its transfer manager hangs on sources of unknown length.
 * Source: backup.md §0.12, §0.13.
 */
public final class S3Bucket implements Destination {
  private final S3Client client;
  private final Answers answers;
  private final String bucket;
  private final String prefix;
  private final Profile profile;
  private final String host;

  /**
   * @param answers of that client
   * @param prefix without slashes at its ends; may be empty
   * @param host of the endpoint
   */
  S3Bucket(
      S3Client client,
      Answers answers,
      String bucket,
      String prefix,
      Profile profile,
      String host) {
    this.client = client;
    this.answers = answers;
    this.bucket = bucket;
    this.prefix = prefix.isEmpty() ? "" : prefix + "/";
    this.profile = profile;
    this.host = host;
  }

  @Override
  public String name() {
    return "s3://"
        + bucket
        + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
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
  public OptionalLong room() {
    return OptionalLong.empty();
  }

  @Override
  public Upload begin(String key) throws IOException {
    requireAbsent(key);
    var id =
        call(
            () -> client.createMultipartUpload(r -> r.bucket(bucket).key(prefix + key)).uploadId());
    return new Multipart(this, prefix + key, id);
  }

  @Override
  public void put(String key, byte[] content) throws IOException {
    requireAbsent(key);
    try {
      call(
          () ->
              client.putObject(
                  request -> {
                    request.bucket(bucket).key(prefix + key);
                    if (profile.isConditional()) {
                      request.ifNoneMatch("*");
                    }
                  },
                  RequestBody.fromBytes(content)));
    } catch (BackupException e) {
      // The answer to our first try may have been lost: then what is there is ours.
      if (e.why() != Cause.STORE_CONFLICT || !answers.wasRepeated() || !holds(key, content)) {
        throw e;
      }
    }
  }

  private boolean holds(String key, byte[] content) throws IOException {
    try (var in = read(key)) {
      return Arrays.equals(in.readAllBytes(), content);
    }
  }

  /** Whether an object of that size is there. */
  boolean isThere(String fullKey, long bytes) throws IOException {
    var size = size(fullKey);
    return size.isPresent() && size.getAsLong() == bytes;
  }

  private OptionalLong size(String fullKey) throws IOException {
    return call(
        () -> {
          try {
            return OptionalLong.of(
                client.headObject(r -> r.bucket(bucket).key(fullKey)).contentLength());
          } catch (NoSuchKeyException e) {
            return OptionalLong.empty();
          }
        });
  }

  // Compatible stores may not know conditions: asked first, which two writers at once could pass.
  private void requireAbsent(String key) throws IOException {
    if (!profile.isConditional() && size(prefix + key).isPresent()) {
      throw conflict(key, null);
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    var stream = call(() -> client.getObject(r -> r.bucket(bucket).key(prefix + key)));
    return new NamedInput(new Download(this, stream), name());
  }

  @Override
  public List<StoredObject> list(String keys) throws IOException {
    return call(
        () -> {
          var found = new ArrayList<StoredObject>();
          client
              .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix + keys))
              .contents()
              .forEach(
                  object ->
                      found.add(
                          new StoredObject(
                              object.key().substring(prefix.length()),
                              object.size(),
                              object.lastModified())));
          found.sort(Comparator.comparing(StoredObject::key));
          return found;
        });
  }

  // One by one: deleting many at once needs Content-MD5, which some stores refuse.
  @Override
  public void delete(String key) throws IOException {
    call(() -> client.deleteObject(r -> r.bucket(bucket).key(prefix + key)));
  }

  @Override
  public int forgetUnfinished(Instant before) throws IOException {
    var old =
        call(
            () ->
                client.listMultipartUploads(r -> r.bucket(bucket).prefix(prefix)).uploads().stream()
                    .filter(one -> one.initiated() != null && one.initiated().isBefore(before))
                    .toList());
    for (var upload : old) {
      call(
          () ->
              client.abortMultipartUpload(
                  r -> r.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
    }
    return old.size();
  }

  @Override
  public void close() {
    client.close();
  }

  boolean wasRepeated() {
    return answers.wasRepeated();
  }

  Duration silentFor() {
    return answers.silentFor();
  }

  S3Client client() {
    return client;
  }

  String bucket() {
    return bucket;
  }

  Profile profile() {
    return profile;
  }

  /** A call to the store, whose failures get our names. */
  <T> T call(Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  /** What is made over the network. */
  interface Call<T> {
    T make();
  }

  BackupException conflict(String key, Exception e) {
    return new BackupException(
        Cause.STORE_CONFLICT,
        name() + " has " + key + " already; it was left as it is.",
        "Nothing overwrites a backup: look at who else writes there.",
        e);
  }

  IOException failure(SdkException e) {
    if (e instanceof S3Exception answer) {
      int status = answer.statusCode();
      var code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
      if (status == 412) {
        return conflict("an object of this name", e);
      }
      if (status == 401 || status == 403 || "NoSuchBucket".equals(code)) {
        return new BackupException(
            Cause.STORE_AUTH,
            name() + " refuses us: " + status + " " + code,
            "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, the bucket's name and this machine's clock.",
            e);
      }
      if (status == 404) {
        return new BackupException(
            Cause.STORE_READ,
            name() + ": what was asked for is not there (404 " + code + ")",
            "Look at the destination: something removes what was stored.",
            e);
      }
      return new BackupException(
          Cause.STORE_TRANSIENT,
          name() + " answered " + status + " " + code + ", also when asked again.",
          "Look at the store's state; the next backup tries anew.",
          e);
    }
    return new BackupException(
        Cause.STORE_TRANSIENT,
        name() + " cannot be reached: " + rootWords(e),
        "Check AWS_ENDPOINT_URL_S3, the name's DNS and the network.",
        e);
  }

  private static String rootWords(Throwable e) {
    var root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName()
        + (root.getMessage() == null ? "" : ": " + root.getMessage());
  }
}
