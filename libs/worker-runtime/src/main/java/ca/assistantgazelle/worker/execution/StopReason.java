package ca.assistantgazelle.worker.execution;

/** Why a running attempt is interrupted. */
enum StopReason {
    /** It exceeded its hard limit. */
    TIME_LIMIT,
    /** Its cancellation was requested. */
    CANCELLED,
    /** The lease expired and the attempt no longer belongs to this worker. */
    LEASE_LOST,
    /** The process is shutting down and the drain time is over. */
    SHUTDOWN
}
