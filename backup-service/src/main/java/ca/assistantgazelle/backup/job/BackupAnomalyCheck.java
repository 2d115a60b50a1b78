package ca.assistantgazelle.backup.job;

import ca.assistantgazelle.backup.manifest.BackupManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Finds anomalies by comparing a backup with the previous one. They are warnings: the backup is kept. */
final class BackupAnomalyCheck {
    private static final double MAX_SIZE_CHANGE = 0.3;

    private BackupAnomalyCheck() {}

    /** @param before null if there is no earlier backup */
    static List<String> findAnomalies(BackupManifest before, BackupManifest now) {
        var odd = new ArrayList<String>();
        if (before == null) {
            return odd;
        }
        double ratio = (double) now.archive().storedBytes()
                / Math.max(1, before.archive().storedBytes());
        if (Math.abs(ratio - 1) > MAX_SIZE_CHANGE) {
            odd.add("The archive size is "
                    + Math.round(ratio * 100)
                    + " % of the previous backup's ("
                    + before.id()
                    + ")");
        }
        var rows = new HashMap<String, Long>();
        now.tables().forEach(table -> rows.put(table.name(), table.rows()));
        for (var table : before.tables()) {
            if (!rows.containsKey(table.name())) {
                odd.add(table.name() + " was in the previous backup and is missing now");
            } else if (table.rows() > 0 && rows.get(table.name()) == 0) {
                odd.add(table.name() + " had " + table.rows() + " rows in the previous backup and is empty now");
            }
        }
        return odd;
    }
}
