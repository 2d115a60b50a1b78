package ca.assistantgazelle.maintenance;

/** What can be wrong around a piano. Source: reference/report-alerts.md §3.3. */
public enum EventType {
  COVER(Severity.CRITICAL),
  POWER(Severity.CRITICAL),
  RESERVOIR(Severity.WARNING),
  ENVIRONMENT(Severity.WARNING),
  HUMIDITY_LOW(Severity.WARNING),
  HUMIDITY_HIGH(Severity.WARNING);

  private final Severity usual;

  EventType(Severity usual) {
    this.usual = usual;
  }

  public boolean isHumidity() {
    return this == HUMIDITY_LOW || this == HUMIDITY_HIGH;
  }

  /** How bad it is when only words tell. */
  Severity usualSeverity() {
    return usual;
  }
}
