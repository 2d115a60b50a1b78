package ca.assistantgazelle.note;

/**
 * A part of a note that says one thing.
 *
 * @param start place in {@link NoteText#plain()}
 * @param end first place behind it
 */
public record Clause(NoteText note, int start, int end) {
  /** Simplified. */
  public String plain() {
    return note.plain().substring(start, end);
  }

  /** As it was written. */
  public String written() {
    return note.written(start, end);
  }

  /** It asks, and says nothing. */
  public boolean isQuestion() {
    return end < note.plain().length() && note.plain().charAt(end) == '?';
  }
}
