package ca.assistantgazelle.contract.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Settings of earlier development versions. One that is still set would be ignored silently. */
public final class RenamedSettings {
    private static final Map<String, String> RENAMED = new TreeMap<>(Map.ofEntries(
            Map.entry("gazelle.alerts.patience", "gazelle.alerts.send-timeout"),
            Map.entry("gazelle.alerts.gathering", "gazelle.alerts.batch-delay"),
            Map.entry("gazelle.alerts.connections", "gazelle.alerts.max-concurrent-sends"),
            Map.entry("gazelle.api.tries", "gazelle.api.max-attempts"),
            Map.entry("gazelle.api.first-pause", "gazelle.api.initial-backoff"),
            Map.entry("gazelle.api.longest-pause", "gazelle.api.max-backoff"),
            Map.entry("gazelle.api.longest-answer", "gazelle.api.response-timeout"),
            Map.entry("gazelle.api.longest-retry-after", "gazelle.api.max-retry-after"),
            Map.entry("gazelle.oauth.longest-answer", "gazelle.oauth.response-timeout"),
            Map.entry("gazelle.sheet.spreadsheet-id", "gazelle.spreadsheet.spreadsheet-id"),
            Map.entry("gazelle.sheet.credentials", "gazelle.spreadsheet.credentials"),
            Map.entry("gazelle.sheet.api-url", "gazelle.spreadsheet.api-url"),
            Map.entry("gazelle.sheet.file", "gazelle.spreadsheet.file"),
            Map.entry("gazelle.sheet.institutions-file", "gazelle.spreadsheet.institutions-file"),
            Map.entry("gazelle.sheet.tries", "gazelle.spreadsheet.max-attempts"),
            Map.entry("gazelle.sheet.first-pause", "gazelle.spreadsheet.initial-backoff"),
            Map.entry("gazelle.sheet.writes-per-minute", "gazelle.spreadsheet.writes-per-minute"),
            Map.entry("gazelle.watch.lease", "gazelle.lost-attempts.lease"),
            Map.entry("gazelle.tzdb.most-age", "gazelle.tzdb.max-age"),
            Map.entry("gazelle.probe.longest-silence", "gazelle.health.max-poll-gap"),
            Map.entry("gazelle.access.tokens-file", "gazelle.auth.tokens-file")));

    private RenamedSettings() {}

    /**
     * @param isSet whether a setting of that name has a value
     * @throws IllegalStateException naming the former and the present setting
     */
    public static void requireNone(Predicate<String> isSet) {
        RENAMED.forEach((former, present) -> {
            if (isSet.test(former)) {
                throw new IllegalStateException("%s was renamed: set %s instead".formatted(former, present));
            }
        });
    }

    /** The present name of an environment variable that sets a renamed setting; null when it does not. */
    public static String variableRenamedTo(String variable) {
        return RENAMED.entrySet().stream()
                .filter(setting -> variable(setting.getKey()).equals(variable))
                .map(setting -> variable(setting.getValue()))
                .findFirst()
                .orElse(null);
    }

    private static String variable(String setting) {
        return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
