package ca.assistantgazelle.alert.appointment;

/** Whether an appointment is confirmed. */
public enum ConfirmationStatus {
    CONFIRMED,
    UNCONFIRMED,
    /** Never read from Gazelle: listed separately, never assumed. */
    UNKNOWN
}
