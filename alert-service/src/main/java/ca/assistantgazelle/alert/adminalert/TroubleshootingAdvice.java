package ca.assistantgazelle.alert.adminalert;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The cause of an error class and what to do about it, in French. {@code docs/depannage.md} has the same headings.
 *
 * @param title a heading of the guide
 */
record TroubleshootingAdvice(String title, String cause, String action) {
    private static final Properties TABLE = load();
    private static final String UNKNOWN = "AUTRE";

    private static Properties load() {
        try (var in = new InputStreamReader(
                TroubleshootingAdvice.class.getResourceAsStream("/depannage.properties"), StandardCharsets.UTF_8)) {
            var table = new Properties();
            table.load(in);
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param errorClass may be null */
    static TroubleshootingAdvice of(String errorClass) {
        var key = errorClass != null && TABLE.containsKey(errorClass + ".titre") ? errorClass : UNKNOWN;
        return new TroubleshootingAdvice(
                TABLE.getProperty(key + ".titre"),
                TABLE.getProperty(key + ".cause"),
                TABLE.getProperty(key + ".quoi-faire"));
    }
}
