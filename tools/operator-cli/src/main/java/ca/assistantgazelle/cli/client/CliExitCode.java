package ca.assistantgazelle.cli.client;

/** Exit codes of the command line, for scripts. */
public enum CliExitCode {
    OK(0),
    /** The run did not succeed, or a service is not ready. */
    FAILED(1),
    /** The command line or a parameter is invalid. */
    USAGE(2),
    /** The scheduler is unreachable. */
    UNREACHABLE(3),
    /** The token is missing, unknown or lacks the required role. */
    FORBIDDEN(4),
    /** No such job or run. */
    NOT_FOUND(5),
    /** The job already has an open run. */
    CONFLICT(6),
    /** The wait timed out; the run continues. */
    STILL_RUNNING(7);

    private final int code;

    CliExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static CliExitCode forHttpStatus(int status) {
        return switch (status) {
            case 400, 413, 415 -> USAGE;
            case 401, 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 409 -> CONFLICT;
            case 502, 503, 504 -> UNREACHABLE;
            default -> FAILED;
        };
    }
}
