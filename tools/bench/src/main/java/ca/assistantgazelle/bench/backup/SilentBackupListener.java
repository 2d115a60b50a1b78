package ca.assistantgazelle.bench.backup;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.dump.BackupListener;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import java.util.Map;

final class SilentBackupListener implements BackupListener {
    @Override
    public void onMessage(String line) {
        // Not needed.
    }

    @Override
    public void onProgress(String phase, long bytes, Map<String, Long> taken) {
        // Not needed.
    }

    @Override
    public void beforePublishing(BackupDestination destination, BackupManifest manifest) {
        // No concurrent runs.
    }
}
