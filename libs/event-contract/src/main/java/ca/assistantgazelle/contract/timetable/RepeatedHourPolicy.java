package ca.assistantgazelle.contract.timetable;

/** Which occurrence fires when the clocks are set back and a nominal time exists twice. */
public enum RepeatedHourPolicy {
    FIRST,
    SECOND,
    BOTH
}
