package ca.assistantgazelle.sync.gazelle;

/** A record of Gazelle cannot be mapped to a row; the message states the reason without the record's content. */
public final class UnmappableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnmappableRecordException(String reason) {
        super(reason);
    }
}
