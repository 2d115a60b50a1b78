package ca.assistantgazelle.contract.timetable;

/** What is special about a fire. */
public enum PlannedFireNote {
    /** Its nominal time does not exist that day; it fires at another local time. */
    GAP_SHIFTED,
    /** Its nominal time exists twice that day, and this is the second one. */
    SECOND_OCCURRENCE,
    /** Its nominal time does not exist that day, and the gap policy is SKIP. */
    DST_GAP,
    /** A calendar excludes the day. */
    EXCLUDED;

    /** Whether the fire runs at all. */
    public boolean runs() {
        return switch (this) {
            case GAP_SHIFTED, SECOND_OCCURRENCE -> true;
            case DST_GAP, EXCLUDED -> false;
        };
    }
}
