package ca.assistantgazelle.peers.mail;

/** What can go wrong when a message is handed over. */
public enum MailFault {
  /** 451 to the recipient: come back later. */
  GREYLIST,
  /** 550 to the recipient. */
  REFUSE_RECIPIENT,
  /** 552 after the message was sent. */
  TOO_LARGE,
  /** The message is kept, but the line breaks before it is acknowledged. */
  DIE_AFTER_DATA,
  /** The message is kept, and nothing is answered any more. */
  SILENT
}
