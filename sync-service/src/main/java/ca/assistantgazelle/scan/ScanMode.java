package ca.assistantgazelle.scan;

import java.util.Locale;

/** How much a run reads. */
public enum ScanMode {
  /**
   * All staff, products, clients, contacts and pianos; events and timeline of a window around
   * today.
   */
  PARTIAL,
  /** Everything. */
  FULL;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
