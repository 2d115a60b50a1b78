package ca.assistantgazelle.restore;

import ca.assistantgazelle.manifest.Contents;
import ca.assistantgazelle.manifest.Manifest;

/** Manifests that say something else than what was stored. */
final class Manifests {
  private Manifests() {}

  static Manifest withoutOneRow(Manifest manifest, String name) {
    return new Manifest(
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
            .map(
                table ->
                    table.name().equals(name)
                        ? new Contents.Table(
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
