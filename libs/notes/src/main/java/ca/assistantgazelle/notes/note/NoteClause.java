package ca.assistantgazelle.notes.note;

/**
 * A part of a note that makes one statement.
 *
 * @param start index in {@link NoteText#plain()}
 * @param end index after its last character
 */
public record NoteClause(NoteText note, int start, int end) {
    /** The normalised text. */
    public String plain() {
        return note.plain().substring(start, end);
    }

    /** The original text. */
    public String written() {
        return note.written(start, end);
    }

    /** Whether it is a question, which states nothing. */
    public boolean isQuestion() {
        return end < note.plain().length() && note.plain().charAt(end) == '?';
    }
}
