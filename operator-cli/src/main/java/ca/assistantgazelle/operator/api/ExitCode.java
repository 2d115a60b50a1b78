package ca.assistantgazelle.operator.api;

/** What the command line ends with, so that scripts can tell answers apart. */
public enum ExitCode {
  OK(0),
  /** The run ended otherwise than in success, or something is not ready. */
  FAILED(1),
  /** The command line or a parameter makes no sense. */
  USAGE(2),
  /** Nobody answers at the address. */
  UNREACHABLE(3),
  /** The token is missing, unknown or may not do this. */
  FORBIDDEN(4),
  /** There is no such job or run. */
  NOT_FOUND(5),
  /** The job has an open run already. */
  CONFLICT(6),
  /** The time to wait is over; the run goes on. */
  STILL_RUNNING(7);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  static ExitCode of(int status) {
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
