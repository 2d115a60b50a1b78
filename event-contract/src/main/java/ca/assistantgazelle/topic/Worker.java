package ca.assistantgazelle.topic;

import java.util.Locale;

/** A kind of worker: it has a trigger topic, a dead-letter topic and a service of its own. */
public enum Worker {
  SYNC,
  REPORT,
  ALERT,
  BACKUP;

  /** The word used in topic names, tables and the catalogue. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String triggerTopic() {
    return "jobs.trigger." + word() + ".v1";
  }

  public String deadLetterTopic() {
    return "jobs.dlq." + word() + ".v1";
  }

  public String serviceName() {
    return word() + "-service";
  }
}
