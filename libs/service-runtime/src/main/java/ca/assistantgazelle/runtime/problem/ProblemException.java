package ca.assistantgazelle.runtime.problem;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(String.valueOf(problem.members().get("detail")));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
