package ca.assistantgazelle.cli.client;

import java.util.Optional;

/** The scheduler was unreachable or refused the request; the message is meant for the user. */
public final class SchedulerApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final CliExitCode exitCode;
    private final String runningRunId;

    SchedulerApiException(CliExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** @param runningRunId the open run of the job that caused the conflict; null = none */
    SchedulerApiException(CliExitCode exitCode, String message, String runningRunId) {
        super(message);
        this.exitCode = exitCode;
        this.runningRunId = runningRunId;
    }

    /** The job's open run, if the request was refused because of it. */
    public Optional<String> runningRunId() {
        return Optional.ofNullable(runningRunId);
    }

    public CliExitCode exitCode() {
        return exitCode;
    }
}
