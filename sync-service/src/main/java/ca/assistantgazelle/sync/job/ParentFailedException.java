package ca.assistantgazelle.sync.job;

/** A pipeline could not store its rows because the pipeline of the referenced rows failed. */
final class ParentFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ParentFailedException(String parent) {
        super(parent + " failed");
    }
}
