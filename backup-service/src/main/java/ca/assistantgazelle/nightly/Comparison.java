package ca.assistantgazelle.nightly;

import ca.assistantgazelle.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * What is odd about tonight's backup beside the one before: never a reason not to keep it, always a
 * reason to look.
 */
final class Comparison {
  private static final double LARGEST_CHANGE = 0.3;

  private Comparison() {}

  /**
   * @param before null = there was none
   */
  static List<String> oddities(Manifest before, Manifest now) {
    var odd = new ArrayList<String>();
    if (before == null) {
      return odd;
    }
    double ratio =
        (double) now.archive().storedBytes() / Math.max(1, before.archive().storedBytes());
    if (Math.abs(ratio - 1) > LARGEST_CHANGE) {
      odd.add(
          "The archive has "
              + Math.round(ratio * 100)
              + " % of the size of the one before ("
              + before.id()
              + ")");
    }
    var rows = new HashMap<String, Long>();
    now.tables().forEach(table -> rows.put(table.name(), table.rows()));
    for (var table : before.tables()) {
      if (!rows.containsKey(table.name())) {
        odd.add(table.name() + " was in the backup before, and is not there any more");
      } else if (table.rows() > 0 && rows.get(table.name()) == 0) {
        odd.add(table.name() + " had " + table.rows() + " rows in the backup before, and has none");
      }
    }
    return odd;
  }
}
