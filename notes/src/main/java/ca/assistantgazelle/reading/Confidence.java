package ca.assistantgazelle.reading;

/** Whether a percentage surely is a relative humidity. */
public enum Confidence {
  HIGH,
  LOW;

  /** As it is stored. */
  public String word() {
    return this == HIGH ? "high" : "low";
  }
}
