package ca.assistantgazelle.notes.note;

/** Combines the title and description of a timeline entry. */
public final class TimelineEntryText {
    private TimelineEntryText() {}

    /**
     * The text shown in the report: the title, unless it is empty or contained in the description.
     *
     * @param title may be null
     * @param description may be null
     * @return never null
     */
    public static String displayText(String title, String description) {
        var first = stripped(title);
        var rest = stripped(description);
        return first.isEmpty() || rest.contains(first) ? rest : first;
    }

    /** Title and description without duplication. */
    public static String fullText(String title, String description) {
        var shown = displayText(title, description);
        var rest = stripped(description);
        return rest.isEmpty() || rest.equals(shown) || shown.contains(rest) ? shown : shown + "\n" + rest;
    }

    private static String stripped(String text) {
        return text == null ? "" : text.strip();
    }
}
