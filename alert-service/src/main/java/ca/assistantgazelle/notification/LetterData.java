package ca.assistantgazelle.notification;

import java.util.List;

/**
 * What a letter about appointments says; texts as they are shown, not escaped.
 *
 * @param greeting without the comma
 * @param freshness how old the data is
 */
public record LetterData(
    String subject,
    String greeting,
    String intro,
    List<Section> sections,
    String closing,
    String freshness,
    String link) {

  /** Appointments under one heading. */
  public record Section(String title, List<Line> lines) {}

  /**
   * An appointment. Empty texts are left out.
   *
   * @param note why it is the office's
   */
  public record Line(
      String time,
      String client,
      String city,
      String pianos,
      String title,
      String phone,
      String createdOn,
      String note) {}
}
