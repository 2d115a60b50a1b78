package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.maintenance.ClauseParse.StateMatch;
import ca.assistantgazelle.notes.maintenance.ClauseParse.SubjectMatch;
import java.util.List;

/**
 * The subject a state refers to, and its meaning for that subject.
 *
 * @param subject null if no nearby subject fits
 * @param meaning null if the subject is foreign, or if no nearby subject fits
 */
record ResolvedMeaning(SubjectMatch subject, PhraseMeaning meaning) {
    static final ResolvedMeaning UNRESOLVED = new ResolvedMeaning(null, null);

    /** Resolves a state by the subjects near it. */
    static ResolvedMeaning of(ClauseParse parse, StateMatch state) {
        var around = parse.nearestSubjects(state);
        SubjectMatch foreign = null;
        for (var near : around) {
            var sense = meaningFor(state.meanings(), near.subject());
            if (sense == null) {
                sense = impliedMeaning(state.meanings(), near.subject());
            }
            boolean reachable = foreign == null
                    || (near.lastWord() < foreign.start()
                            && parse.words().areJoined(near.lastWord() + 1, foreign.start()));
            if (sense != null && reachable) {
                return new ResolvedMeaning(near, sense);
            }
            if (foreign == null && near.subject() == NoteSubject.FOREIGN) {
                foreign = near;
            }
        }
        boolean nearest = foreign != null && around.getFirst().equals(foreign);
        return nearest || (foreign != null && meaningFor(state.meanings(), null) == null)
                ? new ResolvedMeaning(foreign, null)
                : UNRESOLVED;
    }

    boolean isForeign() {
        return subject != null && meaning == null;
    }

    private static PhraseMeaning impliedMeaning(List<PhraseMeaning> senses, NoteSubject thing) {
        for (var sense : senses) {
            if (sense.subject() == null && thing.implies(sense.type())) {
                return sense;
            }
        }
        return null;
    }

    /**
     * The meaning defined for exactly this subject, or the one without a subject if it is null; null if there is none.
     */
    static PhraseMeaning meaningFor(List<PhraseMeaning> senses, NoteSubject thing) {
        for (var sense : senses) {
            if (sense.subject() == thing) {
                return sense;
            }
        }
        return null;
    }
}
