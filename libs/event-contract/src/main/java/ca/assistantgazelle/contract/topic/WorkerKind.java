package ca.assistantgazelle.contract.topic;

import java.util.Locale;

/** A kind of worker, with its own trigger topic, dead-letter topic and service. */
public enum WorkerKind {
    SYNC,
    REPORT,
    ALERT,
    BACKUP;

    /** The identifier used in topic names, tables and the catalogue. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String triggerTopic() {
        return "jobs.trigger." + id() + ".v1";
    }

    public String deadLetterTopic() {
        return "jobs.dlq." + id() + ".v1";
    }

    public String serviceName() {
        return id() + "-service";
    }
}
