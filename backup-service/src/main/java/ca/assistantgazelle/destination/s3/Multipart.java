package ca.assistantgazelle.destination.s3;

import ca.assistantgazelle.destination.Chunk;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
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

/** An upload in parts: one is filled while the one before it is sent. */
final class Multipart implements Destination.Upload {
  private static final int PART = 8 << 20;

  private final S3Bucket place;
  private final String key;
  private final String id;
  private final List<CompletedPart> parts = new ArrayList<>();
  private Chunk filling = new Chunk(PART);
  private Chunk spare = new Chunk(PART);
  private long total;
  private FutureTask<CompletedPart> sending;
  private volatile Thread sender;

  Multipart(S3Bucket place, String key, String id) {
    this.place = place;
    this.key = key;
    this.id = id;
  }

  @Override
  public void write(byte[] some, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      done += filling.take(some, offset + done, length - done);
      if (filling.isFull()) {
        send();
      }
    }
  }

  @Override
  public void complete() throws IOException {
    if (filling.filled() > 0 || (parts.isEmpty() && sending == null)) {
      send();
    }
    awaitSent();
    try {
      completeParts();
    } catch (BackupException e) {
      // Asked again because an answer was lost, a store says that the upload is gone, or the object
      // there: it is ours when it has our size, and its bytes are read back in any case.
      boolean perhapsOurs =
          place.wasRepeated() && (e.why() == Cause.STORE_CONFLICT || e.why() == Cause.STORE_READ);
      if (!perhapsOurs || !place.isThere(key, total)) {
        throw e;
      }
    }
  }

  private void completeParts() throws IOException {
    place.call(
        () ->
            place
                .client()
                .completeMultipartUpload(
                    request -> {
                      request
                          .bucket(place.bucket())
                          .key(key)
                          .uploadId(id)
                          .multipartUpload(all -> all.parts(parts));
                      if (place.profile().isConditional()) {
                        request.ifNoneMatch("*");
                      }
                    }));
  }

  @Override
  public Duration silentFor() {
    return place.silentFor();
  }

  @Override
  public void abort() throws IOException {
    var thread = sender;
    if (thread != null) {
      thread.interrupt();
    }
    place.call(
        () ->
            place
                .client()
                .abortMultipartUpload(r -> r.bucket(place.bucket()).key(key).uploadId(id)));
  }

  private void send() throws IOException {
    awaitSent();
    var part = filling;
    total += part.filled();
    int number = parts.size() + 1;
    sending = new FutureTask<>(() -> upload(part, number));
    sender = Thread.ofPlatform().daemon().name("part " + number).start(sending);
    filling = spare;
    spare = part;
    filling.drop(filling.filled());
  }

  private CompletedPart upload(Chunk part, int number) throws IOException {
    var body =
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(part.bytes(), 0, part.filled()),
            part.filled(),
            "application/octet-stream");
    var tag =
        place.call(
            () ->
                place
                    .client()
                    .uploadPart(
                        r -> r.bucket(place.bucket()).key(key).uploadId(id).partNumber(number),
                        body)
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
      var stopped = new InterruptedIOException("told to stop");
      stopped.initCause(e);
      throw stopped;
    }
  }
}
