package ca.assistantgazelle.backup.restore;

import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;

/** Manifests that do not match the stored archive. */
final class ManifestFixtures {
    private ManifestFixtures() {}

    static BackupManifest withoutOneRow(BackupManifest manifest, String name) {
        return new BackupManifest(
                manifest.format(),
                manifest.id(),
                manifest.run(),
                manifest.reason(),
                manifest.source(),
                manifest.tool(),
                manifest.snapshot(),
                manifest.scope(),
                manifest.roles(),
                manifest.extensions(),
                manifest.tables().stream()
                        .map(table -> table.name().equals(name)
                                ? new DatabaseFingerprint.TableSummary(
                                        name, table.kind(), table.rows() - 1, table.checksum(), table.rls())
                                : table)
                        .toList(),
                manifest.objects(),
                manifest.definitions(),
                manifest.sequences(),
                manifest.archive(),
                manifest.verification(),
                manifest.stored(),
                manifest.timingMs());
    }
}
