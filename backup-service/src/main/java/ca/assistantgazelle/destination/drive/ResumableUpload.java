package ca.assistantgazelle.destination.drive;

import ca.assistantgazelle.destination.Chunk;
import ca.assistantgazelle.destination.Destination;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.drive.Drive;
import java.io.IOException;
import java.time.Duration;

/**
 * Google's resumable upload, in chunks whose length nobody knows beforehand. After every answer,
 * and after a break, Google says how far it got, and we go on from there.
 */
final class ResumableUpload implements Destination.Upload {
  /** A multiple of 256 KiB, as Google asks for. */
  private static final int CHUNK = 8 << 20;

  private static final int RESUME = 308;
  private static final int MOST_IDLE = 5;
  private static final int CANCELLED = 499;

  private final Drive drive;
  private final GenericUrl session;
  private final DriveFolder place;
  private final Chunk chunk = new Chunk(CHUNK);

  /** Where the chunk begins in the file. */
  private long offset;

  private boolean completed;
  private boolean unsure;
  private volatile long answered = System.nanoTime();

  ResumableUpload(Drive drive, String session, DriveFolder place) {
    this.drive = drive;
    this.session = new GenericUrl(session);
    this.place = place;
  }

  @Override
  public void write(byte[] some, int from, int length) throws IOException {
    for (int done = 0; done < length; ) {
      done += chunk.take(some, from + done, length - done);
      // The last chunk names the total: one is always kept until more comes.
      if (chunk.isFull() && done < length) {
        send(false);
      }
    }
  }

  @Override
  public void complete() throws IOException {
    send(true);
  }

  @Override
  public Duration silentFor() {
    return Duration.ofNanos(System.nanoTime() - answered);
  }

  @Override
  public void abort() throws IOException {
    if (completed) {
      return;
    }
    var request = drive.getRequestFactory().buildDeleteRequest(session);
    request.setThrowExceptionOnExecuteError(false);
    var answer = request.execute();
    try {
      if (answer.getStatusCode() != CANCELLED && answer.getStatusCode() >= 500) {
        throw new IOException("the upload could not be cancelled: " + answer.getStatusCode());
      }
    } finally {
      answer.disconnect();
    }
  }

  private void send(boolean last) throws IOException {
    var total = last ? Long.toString(offset + chunk.filled()) : "*";
    int idle = 0;
    while (!completed && (chunk.filled() > 0 || last)) {
      long before = offset;
      keepFrom(place.call(() -> next(total)));
      idle = offset > before ? 0 : idle + 1;
      if (idle > MOST_IDLE) {
        throw new IOException("Google answers, but takes nothing more after " + offset + " bytes");
      }
    }
  }

  // After a break, Google is first asked how far it got.
  private long next(String total) throws IOException {
    if (unsure) {
      long taken = execute(new ByteArrayContent(null, new byte[0]), "bytes */" + total);
      unsure = false;
      return taken;
    }
    unsure = true;
    long taken = put(total);
    unsure = false;
    return taken;
  }

  // Bytes that Google has are not sent again.
  private void keepFrom(long taken) throws IOException {
    if (taken < offset || taken > offset + chunk.filled()) {
      throw new IOException(
          "Google has " + taken + " bytes, of " + offset + " to " + (offset + chunk.filled()));
    }
    chunk.drop((int) (taken - offset));
    offset = taken;
  }

  private long put(String total) throws IOException {
    var range =
        chunk.filled() == 0
            ? "bytes */" + total
            : "bytes " + offset + "-" + (offset + chunk.filled() - 1) + "/" + total;
    return execute(new ByteArrayContent(null, chunk.bytes(), 0, chunk.filled()), range);
  }

  private long execute(ByteArrayContent content, String range) throws IOException {
    var request = drive.getRequestFactory().buildPutRequest(session, content);
    request.setThrowExceptionOnExecuteError(false);
    request.setFollowRedirects(false);
    request.getHeaders().setContentRange(range);
    var answer = request.execute();
    answered = System.nanoTime();
    try {
      return taken(answer);
    } finally {
      answer.disconnect();
    }
  }

  private long taken(HttpResponse answer) throws IOException {
    if (answer.getStatusCode() == RESUME) {
      var range = answer.getHeaders().getRange();
      return range == null ? 0 : Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1;
    }
    if (answer.isSuccessStatusCode()) {
      completed = true;
      return offset + chunk.filled();
    }
    throw DriveErrors.upload(place.name(), answer);
  }
}
