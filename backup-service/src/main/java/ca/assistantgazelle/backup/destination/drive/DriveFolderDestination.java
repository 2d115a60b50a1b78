package ca.assistantgazelle.backup.destination.drive;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.DestinationInputStream;
import ca.assistantgazelle.backup.destination.ObjectUpload;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.runtime.retry.PeerRetry;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.json.GenericJson;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A Google Drive folder, in a shared drive or of a user: a service account has no storage of its own. Keys are file
 * names, including slashes. Drive allows duplicate names; this class does not create them.
 */
public final class DriveFolderDestination implements BackupDestination {
    private static final int MAX_ATTEMPTS = 5;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(20);
    private static final int PAGE_SIZE = 1_000;

    private final Drive drive;
    private final String folderId;
    private final String host;
    private final PeerRetry retry;

    DriveFolderDestination(Drive drive, Duration firstPause, String folder, String host) {
        this.retry = new PeerRetry(
                "drive",
                MAX_ATTEMPTS,
                firstPause,
                MAX_PAUSE,
                failure -> failure instanceof UncheckedIOException io && DriveApiErrors.isRetryable(io.getCause()),
                failure -> Duration.ZERO);
        this.drive = drive;
        this.folderId = folder;
        this.host = host;
    }

    @Override
    public String name() {
        return "gdrive://" + folderId;
    }

    @Override
    public String kind() {
        return "gdrive";
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public void probe() throws IOException {
        var found = call(() -> drive.files()
                .get(folderId)
                .setSupportsAllDrives(true)
                .setFields("id,capabilities(canAddChildren)")
                .execute());
        if (found.getCapabilities() != null
                && Boolean.FALSE.equals(found.getCapabilities().getCanAddChildren())) {
            throw new BackupException(
                    BackupErrorClass.STORE_AUTH,
                    name() + " is readable but not writable.",
                    "Share the folder with the service account as a content manager.");
        }
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    @Override
    public ObjectUpload beginUpload(String key) throws IOException {
        requireAbsent(key);
        var metadata = new GenericJson();
        metadata.set("name", key);
        metadata.set("parents", List.of(folderId));
        var session = call(() -> {
            var request = drive.getRequestFactory()
                    .buildPostRequest(
                            new GenericUrl(drive.getRootUrl()
                                    + "upload/drive/v3/files?uploadType=resumable&supportsAllDrives=true"),
                            new ByteArrayContent(
                                    "application/json; charset=UTF-8",
                                    drive.getJsonFactory().toByteArray(metadata)));
            var answer = request.execute();
            try {
                return answer.getHeaders().getLocation();
            } finally {
                answer.disconnect();
            }
        });
        return new ResumableUpload(drive, session, this);
    }

    private void requireAbsent(String key) throws IOException {
        if (!filesNamed(key).isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.STORE_CONFLICT,
                    name() + " has " + key + " already; it was not changed.",
                    "Backups are never overwritten. Find out what else writes to this destination.");
        }
    }

    @Override
    public InputStream read(String key) throws IOException {
        var files = filesNamed(key);
        if (files.size() != 1) {
            throw new BackupException(
                    BackupErrorClass.STORE_READ,
                    name() + ": " + files.size() + " files are named " + key + ", expected one.",
                    "Check the folder: something deletes or duplicates stored files.");
        }
        return new DestinationInputStream(
                call(() -> drive.files()
                        .get(files.getFirst().getId())
                        .setSupportsAllDrives(true)
                        .executeMediaAsInputStream()),
                name());
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        var found = new ArrayList<StoredObject>();
        for (var file : listFiles("")) {
            if (file.getName().startsWith(prefix)) {
                found.add(new StoredObject(
                        file.getName(),
                        file.getSize() == null ? 0 : file.getSize(),
                        file.getModifiedTime() == null
                                ? null
                                : Instant.ofEpochMilli(file.getModifiedTime().getValue())));
            }
        }
        found.sort(Comparator.comparing(StoredObject::key));
        return found;
    }

    private List<File> filesNamed(String key) throws IOException {
        return listFiles(" and name = '" + key.replace("\\", "\\\\").replace("'", "\\'") + "'");
    }

    private List<File> listFiles(String condition) throws IOException {
        var files = new ArrayList<File>();
        String page = null;
        do {
            var token = page;
            var answer = call(() -> drive.files()
                    .list()
                    .setQ("'" + folderId + "' in parents and trashed = false" + condition)
                    .setFields("nextPageToken,files(id,name,size,modifiedTime)")
                    .setPageSize(PAGE_SIZE)
                    .setPageToken(token)
                    .setSupportsAllDrives(true)
                    .setIncludeItemsFromAllDrives(true)
                    .execute());
            files.addAll(answer.getFiles());
            page = answer.getNextPageToken();
        } while (page != null);
        return files;
    }

    @Override
    public void delete(String key) throws IOException {
        for (var file : filesNamed(key)) {
            deleteOrTrash(file);
        }
    }

    // On a Shared Drive only an organiser may delete; a content manager may only move to the trash.
    private void deleteOrTrash(File file) throws IOException {
        try {
            call(() -> drive.files()
                    .delete(file.getId())
                    .setSupportsAllDrives(true)
                    .execute());
        } catch (BackupException e) {
            if (e.errorClass() != BackupErrorClass.STORE_AUTH) {
                throw e;
            }
            call(() -> drive.files()
                    .update(file.getId(), new File().setTrashed(true))
                    .setSupportsAllDrives(true)
                    .execute());
        }
    }

    // Upload sessions cannot be listed; Google discards them after a week.
    @Override
    public int abortUnfinishedUploads(Instant before) {
        return 0;
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    /** A call to Google Drive. */
    interface DriveCall<T> {
        T execute() throws IOException;
    }

    /** Retries transient failures; throws the last one as a {@link BackupException}. */
    <T> T call(DriveCall<T> call) throws IOException {
        try {
            return retry.call(() -> {
                try {
                    return call.execute();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw DriveApiErrors.toBackupException(name(), e.getCause());
        } catch (InterruptedException e) {
            var stopped = new InterruptedIOException("interrupted");
            stopped.initCause(e);
            throw stopped;
        }
    }
}
