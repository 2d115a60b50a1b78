package ca.assistantgazelle.workshop;

import ca.assistantgazelle.event.RunError;

/** The honest answer of a job whose code this version does not have. */
public final class NotAvailable {
  private NotAvailable() {}

  /** To be thrown: such a run ends as an error, never as a success. */
  public static JobFailedException failure(Workbench bench) {
    return new JobFailedException(
        new RunError(
            "NOT_AVAILABLE",
            false,
            "Job " + bench.trigger().job() + " is not available in this version.",
            "See README.md, \"What is not there yet\"."));
  }
}
