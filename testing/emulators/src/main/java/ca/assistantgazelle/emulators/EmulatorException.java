package ca.assistantgazelle.emulators;

/** An emulator or embedded server failed to start or stop. */
public final class EmulatorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EmulatorException(String message) {
        super(message);
    }

    public EmulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
