package ca.assistantgazelle.contract.catalogue;

/** How to treat fires that were missed because no scheduler was running. */
public enum MisfirePolicy {
    /** The latest one runs in place of the earlier ones, unless it is too late. */
    LAST,
    /** All run, one after the other, up to a cap. */
    ALL,
    /** None runs. */
    NONE
}
