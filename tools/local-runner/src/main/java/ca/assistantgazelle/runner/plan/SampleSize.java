package ca.assistantgazelle.runner.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.Stream;

/** Size of the Gazelle emulator's sample company; fixed as long as a database mirrors it. */
public enum SampleSize {
    SMALL,
    FULL;

    private static final String SAMPLE_FILE = "sample";

    public String optionValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Determines the sample to use.
     *
     * @param wanted null = the present one, else the small one
     * @throws IllegalArgumentException if the sample is unknown or another one is present
     */
    static SampleSize of(StateDirectory home, String wanted, String present) {
        var asked = wanted == null ? present == null ? SMALL.optionValue() : present : wanted;
        var sample = Stream.of(values())
                .filter(one -> one.optionValue().equals(asked))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--sample is '%s'; it must be one of [%s, %s]"
                        .formatted(asked, SMALL.optionValue(), FULL.optionValue())));
        if (present != null && !present.equals(sample.optionValue())) {
            throw new IllegalArgumentException(
                    "The database of this system mirrors the sample '%s'. To start over with '%s', remove %s first."
                            .formatted(present, sample.optionValue(), home.folder()));
        }
        return sample;
    }

    /** As {@link #of(Home, String, String)}, reading and updating the stored choice. */
    public static SampleSize of(StateDirectory home, String wanted) {
        try {
            var file = home.file(SAMPLE_FILE);
            // Earlier versions, which did not store the choice, had the small sample only.
            var present = Files.exists(file)
                    ? Files.readString(file).strip()
                    : Files.exists(home.file("sample-anchor")) ? SMALL.optionValue() : null;
            var sample = of(home, wanted, present);
            Files.writeString(file, sample.optionValue());
            return sample;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
