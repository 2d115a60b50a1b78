package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.maintenance.ClauseParse.StateMatch;
import ca.assistantgazelle.notes.maintenance.ClauseParse.SubjectMatch;
import ca.assistantgazelle.notes.note.NoteClause;
import ca.assistantgazelle.notes.note.NoteText;
import java.util.Map;

/** Reads a note clause by clause and resolves which subject each state refers to. Rules: docs/notes.md. */
final class NoteEventReader {
    private final MaintenanceEventBuilders events = new MaintenanceEventBuilders();
    private NoteSubject lastSubject;
    private boolean afterHypothesis;

    private NoteEventReader() {}

    /** The note's events by type, in declaration order of the types. */
    static Map<MaintenanceEventType, MaintenanceEventBuilder> read(NoteText note) {
        var reader = new NoteEventReader();
        note.clauses().forEach(reader::read);
        return reader.events.byType();
    }

    private void read(NoteClause clause) {
        var parse = ClauseParse.of(clause.plain());
        int supposition = new ClauseModality(parse.words()).hypothesisStart();
        int from = 0;
        boolean open = afterHypothesis || clause.isQuestion() || supposition >= 0;
        boolean said = !open && events.resolveAll(clause, parse.words());
        for (var state : parse.states()) {
            boolean hypothetical =
                    afterHypothesis || clause.isQuestion() || (supposition >= 0 && supposition < state.start());
            said |= resolveState(clause, parse, state, from, hypothetical);
            from = state.end();
        }
        if (!said && !open) {
            events.resolveLast(clause, parse.words());
        }
        parse.subjects().stream()
                .map(SubjectMatch::subject)
                .filter(thing -> thing != NoteSubject.PIANO && thing != NoteSubject.ROOM)
                .reduce((first, last) -> last)
                .ifPresent(thing -> lastSubject = thing);
        afterHypothesis = supposition == 0;
    }

    /** Returns whether the state could be resolved, hypothetical or not. */
    private boolean resolveState(
            NoteClause clause, ClauseParse parse, StateMatch state, int from, boolean hypothetical) {
        var spoken = ResolvedMeaning.of(parse, state);
        if (spoken.isForeign()) {
            return false;
        }
        var sense = spoken.meaning() == null ? resolveImplicitSubject(clause, parse, state, from) : spoken.meaning();
        if (sense == null) {
            return false;
        }
        if (!hypothetical) {
            var thing = spoken.subject();
            boolean before = thing != null && thing.lastWord() < state.start();
            int since = before ? Math.max(from, thing.lastWord() + 1) : from;
            int at = thing == null ? -1 : thing.start();
            new ClauseStatement(clause, parse.words(), state, sense, since, at).applyTo(events);
        }
        return true;
    }

    /** "Rempli", "rebranché": the subject is in an earlier clause or implied by the word itself. */
    private PhraseMeaning resolveImplicitSubject(NoteClause clause, ClauseParse parse, StateMatch state, int from) {
        boolean bare = parse.words().hasOnlyFillers(from, state.start());
        var self = ResolvedMeaning.meaningFor(state.meanings(), null);
        if (self != null) {
            boolean foreign = bare && lastSubject == NoteSubject.FOREIGN && !events.isRaised(self.type());
            return foreign ? null : self;
        }
        if (!bare) {
            return null;
        }
        for (var sense : state.meanings()) {
            if (sense.effect() == EventEffect.RESOLVE
                    && events.isRaisedBefore(sense.type(), clause)
                    && lastSubject != NoteSubject.FOREIGN) {
                return sense;
            }
        }
        return lastSubject == null ? null : ResolvedMeaning.meaningFor(state.meanings(), lastSubject);
    }
}
