package ca.assistantgazelle.report.sheet;

import ca.assistantgazelle.contract.event.RunError;

/** The spreadsheet could not be read or written, for a known reason. */
public final class SpreadsheetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient RunError error;

    public SpreadsheetException(RunError error, Throwable cause) {
        super(error.message(), cause);
        this.error = error;
    }

    public SpreadsheetException(String errorClass, boolean retryable, String message, String suggestion) {
        this(new RunError(errorClass, retryable, message, suggestion), null);
    }

    public RunError error() {
        return error;
    }
}
