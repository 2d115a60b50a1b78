package ca.assistantgazelle.contract.catalogue;

/** The catalogue is invalid; the message names the file, the job, the key and the value. */
public final class InvalidCatalogueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidCatalogueException(String message) {
        super(message);
    }
}
