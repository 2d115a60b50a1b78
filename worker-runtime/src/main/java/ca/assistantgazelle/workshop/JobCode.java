package ca.assistantgazelle.workshop;

import java.util.Set;

/**
 * A job's own code. It runs on a virtual thread, straight through, and stops soon when that thread
 * is interrupted.
 */
public interface JobCode {
  /** Ids of the jobs it does. */
  Set<String> jobs();

  /**
   * Does all of the job, or throws: returning means that everything was done and verified.
   *
   * @throws JobFailedException when it knows why it could not
   * @throws InterruptedException when told to stop
   */
  JobResult run(Workbench bench) throws JobFailedException, InterruptedException;
}
