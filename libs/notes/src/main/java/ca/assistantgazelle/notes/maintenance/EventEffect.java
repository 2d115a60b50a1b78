package ca.assistantgazelle.notes.maintenance;

/** Effect of a state phrase on an event. */
enum EventEffect {
    /** Something is wrong. */
    RAISE,
    /** Something is right again; negated, it is wrong. */
    RESOLVE,
    /** Everything is in order; negated, it has no effect. */
    FINE,
    /** Something has to be fixed, so it is wrong now. */
    TO_DO
}
