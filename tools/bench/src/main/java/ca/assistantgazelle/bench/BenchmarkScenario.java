package ca.assistantgazelle.bench;

/** A benchmark that measures this project and a baseline alternately in one run. */
public interface BenchmarkScenario {
    /** The name on the command line. */
    String name();

    /** Measures, and adds the figures to the report. */
    void run(BenchReport report) throws Exception;
}
