package ca.assistantgazelle.notes.maintenance;

import static ca.assistantgazelle.notes.maintenance.NoteWordList.DONE;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.INSTRUCTION_NEGATIONS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.INTENTIONS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.NEED_NEGATIONS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.PAST;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.RECURRENCES;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.SPEAKER_PRONOUNS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.TEMPORAL_CONJUNCTIONS;

/** Tense and modality of a clause: present, past, intended or hypothetical. */
record ClauseModality(ClauseWords words) {
    /** "sera rebranché", "should be filled": not yet. */
    boolean isIntended(int from, int start) {
        boolean toBe = words.is(start - 1, "be") && words.is(start - 2, "to");
        return toBe || words.containsAnyOf(INTENTIONS, Math.max(from, start - 4), start);
    }

    /** "était débranché": an earlier state. */
    boolean isPast(int start) {
        return words.containsAnyOf(PAST, Math.max(0, start - 3), start);
    }

    /** "je viens de remplir", "had to plug back in". */
    boolean isAlreadyDone(int start) {
        return words.containsAnyOf(DONE, Math.max(0, start - 3), start);
    }

    /** "pas besoin de remplir", "ne pas brancher". */
    boolean isNotNeeded(int start) {
        int from = Math.max(0, start - 4);
        for (int i = from; i < start; i++) {
            if ((words.is(i, "besoin") || words.is(i, "need")) && words.containsAnyOf(NEED_NEGATIONS, from, i)) {
                return true;
            }
        }
        return words.containsAnyOf(INSTRUCTION_NEGATIONS, from, start);
    }

    /** "après chaque concert": a standing instruction, not a problem. */
    boolean isStandingInstruction() {
        return words.containsAnyOf(RECURRENCES, 0, words.all().size());
    }

    /** Index of the word ("si", "if", …) that makes the rest hypothetical; -1 if there is none. */
    int hypothesisStart() {
        for (int i = 0; i < words.all().size(); i++) {
            boolean withPronoun = words.is(i, "s") && (words.is(i + 1, "il") || words.is(i + 1, "elle"));
            boolean inCase = (words.is(i, "au") || words.is(i, "en")) && words.is(i + 1, "cas");
            boolean always = TEMPORAL_CONJUNCTIONS.contains(words.all().get(i))
                    && !words.containsAnyOf(
                            SPEAKER_PRONOUNS, i + 1, Math.min(words.all().size(), i + 2))
                    && !words.containsAnyOf(PAST, i, words.all().size());
            if (words.is(i, "si") || words.is(i, "if") || withPronoun || inCase || always) {
                return i;
            }
        }
        return -1;
    }
}
