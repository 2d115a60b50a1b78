package ca.assistantgazelle.notes.maintenance;

import java.util.ArrayList;
import java.util.List;

/**
 * The subjects and states found in one clause, in word order.
 *
 * @param subjects phrases that name a subject
 * @param states phrases that state something
 */
record ClauseParse(ClauseWords words, List<SubjectMatch> subjects, List<StateMatch> states) {
    private static final int MAX_DISTANCE_BEFORE = 9;
    private static final int MAX_DISTANCE_AFTER = 4;

    /** @param lastWord index of the last word */
    record SubjectMatch(NoteSubject subject, int start, int lastWord) {}

    /** @param end index after the last word */
    record StateMatch(List<PhraseMeaning> meanings, int start, int end) {}

    static ClauseParse of(String clause) {
        var words = ClauseWords.of(clause);
        var things = new ArrayList<SubjectMatch>();
        var states = new ArrayList<StateMatch>();
        for (int at = 0; at < words.all().size(); ) {
            int start = at;
            var found = NoteLexicon.longestMatch(words.all(), start);
            found.ifPresent(one -> {
                addSubject(things, one, start);
                if (one.phrase().hasGap()) {
                    addSubjects(words.all().subList(0, one.end()), start + 1, things);
                }
                if (!one.phrase().meanings().isEmpty()) {
                    states.add(new StateMatch(one.phrase().meanings(), start, one.end()));
                }
            });
            at = found.map(NoteLexicon.PhraseMatch::end).orElse(start + 1);
        }
        return new ClauseParse(words, things, states);
    }

    // "put the cover back"
    private static void addSubjects(List<String> words, int from, List<SubjectMatch> things) {
        for (int i = from; i < words.size(); i++) {
            int start = i;
            NoteLexicon.longestMatch(words, start).ifPresent(one -> addSubject(things, one, start));
        }
    }

    private static void addSubject(List<SubjectMatch> things, NoteLexicon.PhraseMatch found, int start) {
        if (found.phrase().subject() != null) {
            things.add(new SubjectMatch(found.phrase().subject(), start, found.end() - 1));
        }
    }

    /** Subjects near enough to a state, nearest first; those before it are preferred. */
    List<SubjectMatch> nearestSubjects(StateMatch state) {
        return subjects.stream()
                .filter(thing -> distance(thing, state) < Integer.MAX_VALUE && !isPossessor(thing))
                .sorted((one, other) -> Integer.compare(distance(one, state), distance(other, state)))
                .toList();
    }

    // "La lampe du piano": the subject is the lamp.
    private boolean isPossessor(SubjectMatch thing) {
        int before = thing.start() - 1;
        return thing.subject() == NoteSubject.PIANO
                && (words.is(before, "du")
                        || words.is(before, "de")
                        || words.is(before, "of")
                        || words.is(before - 1, "of"));
    }

    private static int distance(SubjectMatch thing, StateMatch state) {
        if (thing.lastWord() < state.start()) {
            int before = state.start() - thing.lastWord();
            return before <= MAX_DISTANCE_BEFORE ? before : Integer.MAX_VALUE;
        }
        int after = thing.start() - state.end() + 1;
        return after <= MAX_DISTANCE_AFTER ? after + MAX_DISTANCE_AFTER : Integer.MAX_VALUE;
    }
}
