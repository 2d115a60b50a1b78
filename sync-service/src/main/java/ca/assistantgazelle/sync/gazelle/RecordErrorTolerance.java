package ca.assistantgazelle.sync.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Tolerates errors of records that are requested one by one: a record that Gazelle fails to return is quarantined; if
 * several fail, the error is taken as a general one and thrown.
 */
public final class RecordErrorTolerance {
    /** Low, because each failed record costs all of its retries. */
    private static final int MAX_FAILED_RECORDS = 3;

    private int failed;

    /** A step of processing a record that may request more data from Gazelle. */
    public interface RecordStep {
        /** @throws GazelleException if Gazelle fails to return the data */
        void apply(JsonNode node) throws InterruptedException;
    }

    /** The records after the step; {@link UnreadableRecord} in place of those that failed. */
    public static List<JsonNode> applyToEach(List<JsonNode> records, RecordStep step) throws InterruptedException {
        var leniency = new RecordErrorTolerance();
        var taken = new ArrayList<JsonNode>();
        for (var node : records) {
            try {
                step.apply(node);
                taken.add(node);
            } catch (GazelleException e) {
                taken.add(leniency.placeholderFor(node.path("id").asText(), e));
            }
        }
        return taken;
    }

    /**
     * The placeholder for a record that Gazelle failed to return.
     *
     * @throws GazelleException the failure, if it is not that of a single record
     */
    JsonNode placeholderFor(String id, GazelleException failure) {
        if (!failure.isPartial() || ++failed > MAX_FAILED_RECORDS) {
            throw failure;
        }
        return UnreadableRecord.withId(id, failure.error().message());
    }
}
