package ca.assistantgazelle.sync.piano;

import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.bool;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.date;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.id;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.instant;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.integer;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;

/** A row of gazelle_pianos: the columns filled from Gazelle, not the manually maintained ones. */
record PianoRow(
        String externalId,
        String clientExternalId,
        String make,
        String model,
        String serialNumber,
        String type,
        Integer year,
        String location,
        String notes,
        String status,
        Boolean gazelleDamppChaserInstalled,
        String damppChaserHumidistatModel,
        LocalDate damppChaserMfgDate,
        Integer serviceIntervalMonths,
        LocalDate manualLastService,
        LocalDate eventLastService,
        LocalDate calculatedLastService,
        LocalDate calculatedNextService,
        Instant gazelleCreatedAt,
        Instant gazelleUpdatedAt) {
    /** Maps a Gazelle piano. */
    static PianoRow of(JsonNode piano) {
        return new PianoRow(
                id(piano),
                text(piano, "client", "id"),
                text(piano, "make"),
                text(piano, "model"),
                text(piano, "serialNumber"),
                text(piano, "type"),
                integer(piano, "year"),
                text(piano, "location"),
                text(piano, "notes"),
                text(piano, "status"),
                bool(piano, "damppChaserInstalled"),
                text(piano, "damppChaserHumidistatModel"),
                date(piano, "damppChaserMfgDate"),
                integer(piano, "serviceIntervalMonths"),
                date(piano, "manualLastService"),
                date(piano, "eventLastService"),
                date(piano, "calculatedLastService"),
                date(piano, "calculatedNextService"),
                instant(piano, "createdAt"),
                instant(piano, "updatedAt"));
    }
}
