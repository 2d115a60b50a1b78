package ca.assistantgazelle.notes.maintenance;

import static ca.assistantgazelle.notes.maintenance.NoteWordList.ARTICLES;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.NE;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.NEGATABLE_VERBS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.NEGATIONS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.NEVER;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.PHRASE_NEGATIONS;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.SUBJECT_NEGATIONS;

/** Whether a clause negates a state. */
record ClauseNegation(ClauseWords words) {
    /**
     * "PLS pas débranché", "n'est pas rebranché", "pas de fenêtre ouverte", "ne fonctionne plus".
     *
     * @param from first word that can belong to the state: after the subject or the previous state
     * @param thing index of the subject; -1 if there is none
     */
    boolean isNegated(int from, int thing, int start, int end) {
        if (words.containsAnyOf(NEGATIONS, Math.max(from, start - 4), start)
                || isSubjectNegated(thing)
                || words.containsAnyOf(NEVER, 0, start)
                || hasNegatingPersonne(start)) {
            return true;
        }
        boolean verb = NEGATABLE_VERBS.contains(words.all().get(start));
        return (verb || words.containsAnyOf(NE, Math.max(0, start - 2), start))
                && (words.is(end, "pas") || words.is(end, "plus"));
    }

    /** "n'est plus débranché", "no longer unplugged". */
    boolean isNoLonger(int from, int start) {
        for (int i = Math.max(from, start - 3); i < start; i++) {
            boolean noLonger = words.is(i, "longer") && words.is(i - 1, "no");
            boolean nePlus = words.is(i, "plus") && words.containsAnyOf(NE, Math.max(0, i - 3), i);
            if (noLonger || nePlus) {
                return true;
            }
        }
        return false;
    }

    // "personne n'a rebranché"; "une personne a débranché" is no negation.
    private boolean hasNegatingPersonne(int start) {
        for (int i = 0; i < start; i++) {
            if (words.is(i, "personne") && (words.is(i + 1, "n") || words.is(i + 1, "ne"))) {
                return true;
            }
        }
        return false;
    }

    private boolean isSubjectNegated(int thing) {
        int before = thing - 1;
        if (before >= 0 && ARTICLES.contains(words.all().get(before))) {
            before--;
        }
        return thing >= 0
                && before >= 0
                && SUBJECT_NEGATIONS.contains(words.all().get(before));
    }

    /** "pas besoin d'une rallonge" */
    boolean isPhraseNegated(int start) {
        return start > 0 && PHRASE_NEGATIONS.contains(words.all().get(start - 1));
    }
}
