package ca.assistantgazelle.emulators.mail;

/** A fault that the SMTP server can simulate. */
public enum MailFault {
    /** 451 to the recipient: try again later. */
    GREYLIST,
    /** 550 to the recipient. */
    REFUSE_RECIPIENT,
    /** 552 after the message data. */
    TOO_LARGE,
    /** The message is stored, but the connection is closed before it is acknowledged. */
    DIE_AFTER_DATA,
    /** The message is stored, but the acknowledgement is delayed by two minutes. */
    SILENT
}
