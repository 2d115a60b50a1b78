package ca.assistantgazelle.destination.drive;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.NamedInput;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
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
 * A folder of Google Drive, of a shared drive or of a user: a service account has no room of its
 * own. Keys are the files' names, slashes included; Drive lets names be given twice, we do not.
 */
public final class DriveFolder implements Destination {
  private static final int TRIES = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final int PAGE = 1_000;

  private final Drive drive;
  private final String folder;
  private final String host;
  private final PeerRetry retry;

  DriveFolder(Drive drive, Duration firstPause, String folder, String host) {
    this.retry =
        new PeerRetry(
            "drive",
            TRIES,
            firstPause,
            LONGEST_PAUSE,
            failure ->
                failure instanceof UncheckedIOException io && DriveErrors.mayPass(io.getCause()),
            failure -> Duration.ZERO);
    this.drive = drive;
    this.folder = folder;
    this.host = host;
  }

  @Override
  public String name() {
    return "gdrive://" + folder;
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
    var found =
        call(
            () ->
                drive
                    .files()
                    .get(folder)
                    .setSupportsAllDrives(true)
                    .setFields("id,capabilities(canAddChildren)")
                    .execute());
    if (found.getCapabilities() != null
        && Boolean.FALSE.equals(found.getCapabilities().getCanAddChildren())) {
      throw new BackupException(
          Cause.STORE_AUTH,
          name() + " may be read but not written.",
          "Share the folder with the service account as a content manager.");
    }
  }

  @Override
  public OptionalLong room() {
    return OptionalLong.empty();
  }

  @Override
  public Upload begin(String key) throws IOException {
    requireAbsent(key);
    var metadata = new GenericJson();
    metadata.set("name", key);
    metadata.set("parents", List.of(folder));
    var session =
        call(
            () -> {
              var request =
                  drive
                      .getRequestFactory()
                      .buildPostRequest(
                          new GenericUrl(
                              drive.getRootUrl()
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
    if (!named(key).isEmpty()) {
      throw new BackupException(
          Cause.STORE_CONFLICT,
          name() + " has " + key + " already; it was left as it is.",
          "Nothing overwrites a backup: look at who else writes there.");
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    var files = named(key);
    if (files.size() != 1) {
      throw new BackupException(
          Cause.STORE_READ,
          name() + ": " + files.size() + " files are named " + key + " instead of one.",
          "Look at the folder: something removes or doubles what was stored.");
    }
    return new NamedInput(
        call(
            () ->
                drive
                    .files()
                    .get(files.getFirst().getId())
                    .setSupportsAllDrives(true)
                    .executeMediaAsInputStream()),
        name());
  }

  @Override
  public List<StoredObject> list(String prefix) throws IOException {
    var found = new ArrayList<StoredObject>();
    for (var file : files("")) {
      if (file.getName().startsWith(prefix)) {
        found.add(
            new StoredObject(
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

  private List<File> named(String key) throws IOException {
    return files(" and name = '" + key.replace("\\", "\\\\").replace("'", "\\'") + "'");
  }

  private List<File> files(String condition) throws IOException {
    var files = new ArrayList<File>();
    String page = null;
    do {
      var token = page;
      var answer =
          call(
              () ->
                  drive
                      .files()
                      .list()
                      .setQ("'" + folder + "' in parents and trashed = false" + condition)
                      .setFields("nextPageToken,files(id,name,size,modifiedTime)")
                      .setPageSize(PAGE)
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
    for (var file : named(key)) {
      remove(file);
    }
  }

  // On a Shared Drive only an organiser may delete; a content manager may put it into the trash.
  private void remove(File file) throws IOException {
    try {
      call(() -> drive.files().delete(file.getId()).setSupportsAllDrives(true).execute());
    } catch (BackupException e) {
      if (e.why() != Cause.STORE_AUTH) {
        throw e;
      }
      call(
          () ->
              drive
                  .files()
                  .update(file.getId(), new File().setTrashed(true))
                  .setSupportsAllDrives(true)
                  .execute());
    }
  }

  // Google forgets them after a week, and does not list them.
  @Override
  public int forgetUnfinished(Instant before) {
    return 0;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }

  /** A call to Google. */
  interface Call<T> {
    T make() throws IOException;
  }

  /** What fails for a passing reason is tried again; the last failure gets our name. */
  <T> T call(Call<T> call) throws IOException {
    try {
      return retry.call(
          () -> {
            try {
              return call.make();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw DriveErrors.named(name(), e.getCause());
    } catch (InterruptedException e) {
      var stopped = new InterruptedIOException("told to stop");
      stopped.initCause(e);
      throw stopped;
    }
  }
}
