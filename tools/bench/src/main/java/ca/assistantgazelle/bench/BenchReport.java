package ca.assistantgazelle.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of one benchmark, printed as a table and written as JSON. */
public final class BenchReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * @param target as text; null = none, the figure is informative
     * @param met null without a target
     */
    private record BenchFigure(String name, double value, String unit, String target, Boolean met) {}

    private final String bench;
    private final PrintStream out;
    private final List<BenchFigure> figures = new ArrayList<>();
    private final Map<String, List<Double>> series = new LinkedHashMap<>();

    BenchReport(String bench, PrintStream out) {
        this.bench = bench;
        this.out = out;
    }

    /** Prints a progress message. */
    public void logProgress(String format, Object... arguments) {
        out.println("  " + format.formatted(arguments));
    }

    /** Adds a figure without a target. */
    public void figure(String name, Number value, String unit) {
        figures.add(new BenchFigure(name, value.doubleValue(), unit, null, null));
    }

    public void atMost(String name, Number value, String unit, double limit) {
        figures.add(
                new BenchFigure(name, value.doubleValue(), unit, "≤ " + number(limit), value.doubleValue() <= limit));
    }

    public void atLeast(String name, Number value, String unit, double limit) {
        figures.add(
                new BenchFigure(name, value.doubleValue(), unit, "≥ " + number(limit), value.doubleValue() >= limit));
    }

    /** Adds the individual measurements behind a figure. */
    public void series(String name, List<Double> values) {
        series.put(name, values);
    }

    /** Whether every target was met. */
    boolean met() {
        return figures.stream().allMatch(figure -> figure.met() == null || figure.met());
    }

    void print() {
        int width = figures.stream()
                .mapToInt(figure -> figure.name().length())
                .max()
                .orElse(0);
        out.println();
        out.println(bench);
        for (var figure : figures) {
            out.printf(
                    "  %-" + width + "s  %12s %-6s %s%n",
                    figure.name(),
                    number(figure.value()),
                    figure.unit(),
                    figure.target() == null ? "" : (figure.met() ? "met     " : "NOT MET ") + figure.target());
        }
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(bench + ".json"),
                JSON.writeValueAsString(Map.of("bench", bench, "figures", figures, "series", series, "met", met())));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e12
                ? Long.toString((long) value)
                : "%.3f".formatted(value);
    }
}
