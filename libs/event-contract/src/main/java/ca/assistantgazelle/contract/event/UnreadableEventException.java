package ca.assistantgazelle.contract.event;

/** A message that cannot be read, however often it is delivered: it goes to the dead-letter topic with this reason. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreadableEventException(String reason) {
        super(reason);
    }
}
