package ca.assistantgazelle.sync;

/** A lane could not store anything because the rows that its own refer to are not there. */
final class ParentFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ParentFailedException(String parent) {
    super(parent + " failed");
  }
}
