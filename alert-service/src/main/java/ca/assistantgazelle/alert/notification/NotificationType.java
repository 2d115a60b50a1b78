package ca.assistantgazelle.alert.notification;

/** What a notification is about; {@code automation.notification.kind}. */
public enum NotificationType {
    /** An unconfirmed appointment of tomorrow. */
    COURT_TERME,
    /** An unconfirmed appointment of the following week. */
    LONG_TERME,
    /** A maintenance alert that was opened at an institution. */
    MAINTENANCE,
    /** A run, an authorisation or a backup that the administrator must know about. */
    ADMIN
}
