package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.note.NoteClause;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What one note says about one event type, clause by clause. */
final class MaintenanceEventBuilder {
    private final Set<NoteClause> clauses = new LinkedHashSet<>();
    private boolean raised;
    private boolean open;
    private NoteClause resolvedIn;

    /** @param earlier whether it precedes a resolution already seen: "rebranché, était débranché" */
    void raise(NoteClause clause, boolean earlier) {
        raised = true;
        open = open || !earlier || resolvedIn == null;
        clauses.add(clause);
    }

    void resolve(NoteClause clause) {
        open = false;
        resolvedIn = clause;
        clauses.add(clause);
    }

    boolean isRaised() {
        return raised;
    }

    boolean mentions(NoteClause clause) {
        return clauses.contains(clause);
    }

    boolean wasResolvedIn(NoteClause clause) {
        return clause.equals(resolvedIn);
    }

    MaintenanceEventState state() {
        if (open) {
            return MaintenanceEventState.OPEN;
        }
        return raised ? MaintenanceEventState.RESOLVED : MaintenanceEventState.RESOLUTION;
    }

    String evidence() {
        return clauses.stream().map(NoteClause::written).collect(Collectors.joining(" … "));
    }
}
