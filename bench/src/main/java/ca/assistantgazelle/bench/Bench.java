package ca.assistantgazelle.bench;

/** One benchmark: ours beside an anchor, alternately, in one run. */
public interface Bench {
  /** The word people type. */
  String name();

  /** Measures and notes the figures. */
  void run(Report report) throws Exception;
}
