package ca.assistantgazelle.timeline;

import java.time.Instant;

/**
 * A note or a measurement of a client with a tab, with what the report shows of its piano.
 *
 * @param occurredAt null when Gazelle gives none
 * @param clientId null when no client is known
 * @param clientName company name, never null
 * @param pianoId null when it is about no piano
 * @param technician first and last name; empty when unknown
 * @param reading the canonical readings of its text; empty when it has none
 */
record Entry(
    String id,
    boolean service,
    Instant occurredAt,
    String clientId,
    String clientName,
    String pianoId,
    Piano piano,
    String technician,
    String title,
    String description,
    Readings reading) {}
