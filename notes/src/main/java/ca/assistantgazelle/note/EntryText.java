package ca.assistantgazelle.note;

/** The two texts of a timeline entry. Source: reference/report-alerts.md §1.4. */
public final class EntryText {
  private EntryText() {}

  /**
   * What the report shows: the title, unless it is empty or only the beginning of the description.
   *
   * @param title may be null
   * @param description may be null
   * @return never null
   */
  public static String shown(String title, String description) {
    var first = tidy(title);
    var rest = tidy(description);
    return first.isEmpty() || rest.contains(first) ? rest : first;
  }

  /** Everything that was written, nothing twice. */
  public static String whole(String title, String description) {
    var shown = shown(title, description);
    var rest = tidy(description);
    return rest.isEmpty() || rest.equals(shown) || shown.contains(rest)
        ? shown
        : shown + "\n" + rest;
  }

  private static String tidy(String text) {
    return text == null ? "" : text.strip();
  }
}
