package ca.assistantgazelle.runtime.problem;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient HttpProblem problem;

    public ProblemException(HttpProblem problem) {
        super(String.valueOf(problem.members().get("detail")));
        this.problem = problem;
    }

    public HttpProblem problem() {
        return problem;
    }
}
