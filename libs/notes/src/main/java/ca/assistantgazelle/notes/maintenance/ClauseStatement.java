package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.maintenance.ClauseParse.StateMatch;
import ca.assistantgazelle.notes.note.NoteClause;

/**
 * A state that a clause asserts of a subject: neither a question nor hypothetical.
 *
 * @param from first word that can belong to the state: after the subject or the previous state
 * @param subject index of the subject; -1 if there is none
 */
record ClauseStatement(
        NoteClause clause, ClauseWords words, StateMatch state, PhraseMeaning meaning, int from, int subject) {
    /** Applies the statement to the note's events, with its negation, tense and intention. */
    void applyTo(MaintenanceEventBuilders stories) {
        int start = state.start();
        var denial = new ClauseNegation(words);
        var mood = new ClauseModality(words);
        boolean over = !meaning.complete() && denial.isNoLonger(from, start);
        boolean denied = !meaning.complete() && denial.isNegated(from, subject, start, state.end());
        boolean intended = mood.isIntended(from, start);
        switch (meaning.effect()) {
            case RAISE -> {
                if (over) {
                    stories.resolve(clause, meaning);
                } else if (!denied && !intended && !(meaning.complete() && denial.isPhraseNegated(start))) {
                    stories.raise(clause, meaning.type(), mood.isPast(start), words.containsAgainWord());
                }
            }
            case RESOLVE -> {
                if (over || denied || intended) {
                    stories.raise(clause, meaning.type(), false, true);
                } else {
                    stories.resolve(clause, meaning);
                }
            }
            case FINE -> {
                if (!over && !denied && !intended) {
                    stories.resolve(clause, meaning);
                }
            }
            case TO_DO -> {
                if (mood.isAlreadyDone(start)) {
                    stories.resolve(clause, meaning);
                } else if (!mood.isNotNeeded(start) && !mood.isStandingInstruction()) {
                    stories.raise(clause, meaning.type(), false, true);
                }
            }
        }
    }
}
