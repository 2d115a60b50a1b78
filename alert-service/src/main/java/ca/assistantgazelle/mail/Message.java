package ca.assistantgazelle.mail;

/**
 * A message, ready to leave.
 *
 * @param id deterministic, with angle brackets: the same news has the same one
 * @param to an address
 */
public record Message(String id, String to, String subject, String text, String html) {
  Message redirected(String address) {
    return new Message(id, address, subject + " (pour " + to + ")", text, html);
  }
}
