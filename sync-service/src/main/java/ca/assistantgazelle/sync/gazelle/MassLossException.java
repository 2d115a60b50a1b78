package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.contract.event.RunError;

/** Too many records are missing to mark them as deleted without a manual check. */
public final class MassLossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient RunError error;

    public MassLossException(RunError error) {
        super(error.message());
        this.error = error;
    }

    public RunError error() {
        return error;
    }
}
