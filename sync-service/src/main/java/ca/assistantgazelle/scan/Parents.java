package ca.assistantgazelle.scan;

/** What must be stored before the first record of an entity may be: rows refer to each other. */
@FunctionalInterface
public interface Parents {
  /** Returns once they are stored; throws when they will not be. */
  void await() throws InterruptedException;
}
