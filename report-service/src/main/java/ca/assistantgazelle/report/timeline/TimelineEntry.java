package ca.assistantgazelle.report.timeline;

import java.time.Instant;

/**
 * A service note or a measurement, with the report's columns of its piano.
 *
 * @param occurredAt null when Gazelle has none
 * @param clientId null when no client is known
 * @param clientName company name, never null
 * @param pianoId null when it concerns no piano
 * @param technician first and last name; empty when unknown
 * @param readings the canonical readings of its text; empty when it has none
 */
record TimelineEntry(
        String id,
        boolean service,
        Instant occurredAt,
        String clientId,
        String clientName,
        String pianoId,
        ReportPiano piano,
        String technician,
        String title,
        String description,
        CanonicalReadings readings) {}
