package ca.assistantgazelle.contract.timetable;

/** How to treat a nominal time that is skipped by a clock change. */
public enum DstGapPolicy {
    /** It fires at the first instant after the gap: 02:30 becomes 03:00. */
    NEXT_VALID,
    /** It fires later by the length of the gap: 02:30 becomes 03:30. */
    SHIFT,
    /** It does not fire; its row gives the reason. */
    SKIP
}
