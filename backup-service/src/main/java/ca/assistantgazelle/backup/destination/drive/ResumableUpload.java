package ca.assistantgazelle.backup.destination.drive;

import ca.assistantgazelle.backup.destination.ObjectUpload;
import ca.assistantgazelle.backup.destination.UploadChunk;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.drive.Drive;
import java.io.IOException;
import java.time.Duration;

/**
 * A resumable upload of unknown length to Google Drive, in chunks. Every response says how many bytes were accepted;
 * the upload resumes from there, also after a lost connection.
 */
final class ResumableUpload implements ObjectUpload {
    /** Google requires a multiple of 256 KiB. */
    private static final int CHUNK_BYTES = 8 << 20;

    private static final int RESUME_INCOMPLETE = 308;
    private static final int MAX_IDLE_RESPONSES = 5;
    private static final int CANCELLED = 499;

    private final Drive drive;
    private final GenericUrl session;
    private final DriveFolderDestination destination;
    private final UploadChunk chunk = new UploadChunk(CHUNK_BYTES);

    /** Offset of the chunk in the file. */
    private long offset;

    private boolean completed;
    private boolean offsetUnknown;
    private volatile long lastResponse = System.nanoTime();

    ResumableUpload(Drive drive, String session, DriveFolderDestination place) {
        this.drive = drive;
        this.session = new GenericUrl(session);
        this.destination = place;
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            done += chunk.append(some, from + done, length - done);
            // The last chunk must state the total length, so a full chunk is kept until more data
            // follows.
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
    public Duration timeSinceLastResponse() {
        return Duration.ofNanos(System.nanoTime() - lastResponse);
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
                throw new IOException("failed to cancel the upload: HTTP " + answer.getStatusCode());
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
            discardAccepted(destination.call(() -> sendOrQueryOffset(total)));
            idle = offset > before ? 0 : idle + 1;
            if (idle > MAX_IDLE_RESPONSES) {
                throw new IOException("Google responds, but has accepted no more data after " + offset + " bytes");
            }
        }
    }

    // After a failed request, first queries how many bytes Google has.
    private long sendOrQueryOffset(String total) throws IOException {
        if (offsetUnknown) {
            long taken = execute(new ByteArrayContent(null, new byte[0]), "bytes */" + total);
            offsetUnknown = false;
            return taken;
        }
        offsetUnknown = true;
        long taken = putChunk(total);
        offsetUnknown = false;
        return taken;
    }

    // Discards the bytes that Google has accepted.
    private void discardAccepted(long taken) throws IOException {
        if (taken < offset || taken > offset + chunk.filled()) {
            throw new IOException(
                    "Google reports " + taken + " bytes, expected " + offset + " to " + (offset + chunk.filled()));
        }
        chunk.discardFirst((int) (taken - offset));
        offset = taken;
    }

    private long putChunk(String total) throws IOException {
        var range = chunk.filled() == 0
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
        lastResponse = System.nanoTime();
        try {
            return acceptedBytes(answer);
        } finally {
            answer.disconnect();
        }
    }

    private long acceptedBytes(HttpResponse answer) throws IOException {
        if (answer.getStatusCode() == RESUME_INCOMPLETE) {
            var range = answer.getHeaders().getRange();
            return range == null ? 0 : Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1;
        }
        if (answer.isSuccessStatusCode()) {
            completed = true;
            return offset + chunk.filled();
        }
        throw DriveApiErrors.uploadFailure(destination.name(), answer);
    }
}
