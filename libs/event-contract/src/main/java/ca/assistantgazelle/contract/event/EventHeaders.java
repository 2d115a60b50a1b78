package ca.assistantgazelle.contract.event;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Record headers of CloudEvents 1.0 in binary mode, plus the W3C trace context. */
public final class EventHeaders {
    public static final String TYPE = "ce_type";
    public static final String TRACE = "traceparent";

    private static final SecureRandom RANDOM = new SecureRandom();

    private EventHeaders() {}

    /**
     * @param id unique per event, the same each time that event is published
     * @param source the publishing service, for example {@code /scheduler-service}
     * @param type with the major version at its end
     * @param subject the job's id
     * @param traceparent the trace to continue; null starts a new one
     */
    public static Map<String, String> of(
            String id, String source, String type, String subject, Instant time, String traceparent) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put(TYPE, type);
        headers.put("ce_subject", subject);
        headers.put("ce_time", time.toString());
        headers.put("content-type", "application/json");
        headers.put(TRACE, traceparent == null ? newTrace() : traceparent);
        return headers;
    }

    /**
     * Rejects a message of another type or of a newer major version.
     *
     * @param actual the {@code ce_type} header; null when absent
     * @throws UnreadableEventException naming both types
     */
    public static void requireType(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new UnreadableEventException("header ce_type is "
                    + (actual == null ? "absent" : "'" + printable(actual) + "'")
                    + "; expected '"
                    + expected
                    + "'");
        }
    }

    private static String printable(String text) {
        var shown = text.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
    }

    /** A new trace. */
    public static String newTrace() {
        return "00-" + hex(16) + "-" + hex(8) + "-01";
    }

    private static String hex(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
