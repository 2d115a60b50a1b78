package ca.assistantgazelle.maintenance;

import java.util.Locale;

/** How bad an alert is. */
public enum Severity {
  WARNING,
  CRITICAL;

  /** As it is stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
