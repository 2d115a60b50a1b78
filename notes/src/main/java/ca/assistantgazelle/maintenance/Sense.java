package ca.assistantgazelle.maintenance;

/**
 * One way to understand a phrase.
 *
 * @param thing what the phrase must speak of; null when it says so itself
 * @param complete it needs no verb and bears no denial: "sans housse"
 */
record Sense(Meaning meaning, EventType type, Thing thing, boolean complete) {}
