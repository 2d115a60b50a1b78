package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import java.util.Map;

/** Receives the progress of a backup. */
public interface BackupListener {
    /** A line for the run's log, without secrets. */
    void onMessage(String line);

    /**
     * Called about twice a second.
     *
     * @param phase {@code dump}, {@code verify}, {@code publish}
     * @param bytes written by pg_dump
     * @param taken bytes of the archive stored so far, by destination
     */
    void onProgress(String phase, long bytes, Map<String, Long> taken);

    /**
     * Called before the manifest is published at a destination. Throws if this process has lost its lease and must not
     * publish.
     */
    void beforePublishing(BackupDestination destination, BackupManifest manifest);
}
