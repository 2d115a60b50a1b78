package ca.assistantgazelle.bell;

import java.util.List;

/** What a message of the bell says; texts as they are shown, not escaped. */
public record BellData(String subject, String intro, List<Section> sections) {

  /**
   * One run.
   *
   * @param lines its facts, one on each line
   * @param logTail empty when there is none
   */
  public record Section(String title, List<String> lines, List<String> logTail, String link) {}
}
