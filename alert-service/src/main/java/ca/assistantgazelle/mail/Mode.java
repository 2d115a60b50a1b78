package ca.assistantgazelle.mail;

import java.util.Locale;

/** What may leave the house. */
public enum Mode {
  /** Everything is computed, nobody is connected to. */
  OFF,
  /** Like off, and what would have been sent is noted as SIMULATED. */
  DRY_RUN,
  /** Everything goes to one address, noted as REDIRECTED. */
  REDIRECT,
  LIVE;

  /** As it is configured. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Mode of(String word) {
    for (var mode : values()) {
      if (mode.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalStateException(
        "ALERTS_MODE is '" + word + "'; it must be off, dry-run, redirect or live");
  }
}
