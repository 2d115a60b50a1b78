package ca.assistantgazelle.emulators.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The settings that every Kafka channel of every service must have; with others, messages can be lost silently. */
public final class RequiredChannelSettings {
    private static final Pattern CHANNEL =
            Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.([^.]+)\\.connector");
    private static final Map<String, String> INCOMING = Map.ofEntries(
            Map.entry("auto.offset.reset", "earliest"),
            Map.entry("failure-strategy", "dead-letter-queue"),
            Map.entry("fail-on-deserialization-failure", "false"),
            Map.entry("dead-letter-queue.acks", "all"),
            Map.entry("dead-letter-queue.enable.idempotence", "true"),
            Map.entry("commit-strategy", "throttled"),
            Map.entry("throttled.unprocessed-record-max-age.ms", "0"),
            Map.entry("cloud-events", "false"),
            Map.entry("session.timeout.ms", "8000"));
    private static final Map<String, String> OUTGOING = Map.of("acks", "all", "enable.idempotence", "true");

    /** Shorter than the idle-transaction timeout, as the relay sends inside a transaction. */
    private static final Map<String, String> OUTBOX = Map.of("delivery.timeout.ms", "1800");

    private RequiredChannelSettings() {}

    /**
     * @param names of all properties
     * @param properties value of a property; null if it is not set
     * @return one line per missing or wrong setting; empty if there are none
     */
    public static List<String> violations(Iterable<String> names, Function<String, String> properties) {
        Function<String, String> value = key -> valueOf(key, properties);
        var violations = new ArrayList<String>();
        var channels = new TreeSet<String>();
        for (var name : names) {
            var channel = CHANNEL.matcher(name);
            if (channel.matches()) {
                channels.add(channel.group(1) + "." + channel.group(2));
            }
        }
        if (channels.isEmpty()) {
            violations.add("no channels configured");
        }
        for (var channel : channels) {
            var prefix = "mp.messaging." + channel + ".";
            var required = channel.startsWith("incoming") ? INCOMING : OUTGOING;
            required.forEach((key, expected) -> expect(violations, prefix + key, expected, value));
            if (channel.equals("outgoing.outbox")) {
                OUTBOX.forEach((key, expected) -> expect(violations, prefix + key, expected, value));
            }
            if (channel.startsWith("incoming")) {
                requirePresent(violations, prefix + "group.id", value);
                requirePresent(violations, prefix + "dead-letter-queue.topic", value);
            }
        }
        return violations;
    }

    // A channel without the setting takes that of the connector.
    private static String valueOf(String key, Function<String, String> properties) {
        var ofChannel = properties.apply(key);
        var attribute = key.replaceFirst("mp\\.messaging\\.(incoming|outgoing)\\.[^.]+\\.", "");
        return ofChannel == null ? properties.apply("mp.messaging.connector.smallrye-kafka." + attribute) : ofChannel;
    }

    private static void expect(List<String> violations, String key, String expected, Function<String, String> value) {
        if (!expected.equals(value.apply(key))) {
            violations.add(key + " is " + value.apply(key) + ", must be " + expected);
        }
    }

    private static void requirePresent(List<String> violations, String key, Function<String, String> value) {
        if (value.apply(key) == null) {
            violations.add(key + " is missing");
        }
    }
}
