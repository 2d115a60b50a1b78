package ca.assistantgazelle.contract.catalogue;

/** How to treat a fire that falls due while an earlier run of its job is open. */
public enum OverlapPolicy {
    /** It does not run; its row gives the reason. */
    SKIP,
    /** One fire is queued; further ones do not run. */
    BUFFER_ONE,
    /** The open run is cancelled, then it starts. */
    CANCEL_OTHER
}
