package ca.assistantgazelle.contract.catalogue;

/** A run was requested with a parameter that the job does not accept. */
public final class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String parameter;

    InvalidParameterException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** Name of the parameter as the caller wrote it. */
    public String parameter() {
        return parameter;
    }
}
