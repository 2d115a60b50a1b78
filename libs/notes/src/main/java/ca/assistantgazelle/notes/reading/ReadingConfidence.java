package ca.assistantgazelle.notes.reading;

/** Confidence that a percentage is a relative humidity. */
public enum ReadingConfidence {
    HIGH,
    LOW;

    /** The stored value. */
    public String code() {
        return this == HIGH ? "high" : "low";
    }
}
