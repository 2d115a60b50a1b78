package ca.assistantgazelle.sync.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentMappingTest {
    @Test
    void everyFieldIsMappedToItsColumn() throws Exception {
        var row = AppointmentMapping.appointment(json("""
                {"id": "evt_1", "client": {"id": "cli_1"}, "user": {"id": "usr_1"}, "createdBy": {"id": "usr_2"}, "title": "Accord",
                 "notes": "Étage 2", "start": "2026-01-09T19:30:00Z", "duration": 120, "isAllDay": false, "status": "CANCELED",
                 "type": "SOMETHING_NEW", "source": "manual_schedule", "travelMode": "DRIVING", "addressLine": "1, rue Fictive",
                 "confirmedByClient": true, "confirmedAt": "2026-01-05T18:00:00Z", "createdAt": "2025-09-30T14:11:00Z",
                 "updatedAt": "2026-01-05T18:00:00Z", "allEventPianos": {"nodes": [
                   {"isTuning": true, "piano": {"id": "ins_1"}}, null, {"isTuning": false, "piano": {"id": "ins_2"}},
                   {"isTuning": true, "piano": {"id": "ins_1"}}]}}
                """));
        assertThat(row)
                .isEqualTo(new AppointmentRow(
                        "evt_1",
                        "cli_1",
                        "ins_1",
                        "Accord",
                        "Étage 2",
                        "Étage 2",
                        "1, rue Fictive",
                        LocalDate.of(2026, 1, 9),
                        LocalTime.of(14, 30),
                        Instant.parse("2026-01-09T19:30:00Z"),
                        120,
                        false,
                        "CANCELED",
                        "SOMETHING_NEW",
                        "usr_1",
                        "DRIVING",
                        "manual_schedule",
                        "usr_2",
                        true,
                        Instant.parse("2026-01-05T18:00:00Z"),
                        Instant.parse("2025-09-30T14:11:00Z"),
                        Instant.parse("2026-01-05T18:00:00Z"),
                        "ins_1:true,ins_2:false"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-08T06:59:59Z,2026-03-08,01:59:59",
        "2026-03-08T07:00:00Z,2026-03-08,03:00:00",
        "2026-11-01T05:30:00Z,2026-11-01,01:30:00",
        "2026-11-01T06:30:00Z,2026-11-01,01:30:00",
        "2026-01-10T04:30:00Z,2026-01-09,23:30:00"
    })
    void dateAndTimeAreInMontrealTime(String start, LocalDate day, LocalTime time) throws Exception {
        var row = AppointmentMapping.appointment(json("{\"id\": \"evt_1\", \"start\": \"" + start + "\"}"));
        assertThat(row.appointmentDate()).isEqualTo(day);
        assertThat(row.appointmentTime()).isEqualTo(time);
        assertThat(row.startDatetime()).isEqualTo(start);
    }

    @Test
    void missingFieldsMapToUnconfirmedWithoutLocation() throws Exception {
        var row = AppointmentMapping.appointment(
                json(
                        "{\"id\": \"evt_1\", \"title\": \"Congé\", \"notes\": \" \", \"confirmedByClient\": null, \"client\": null}"));
        assertThat(row.confirmedByClient()).isFalse();
        assertThat(row.location()).isEmpty();
        assertThat(row.notes()).isEqualTo("Congé");
        assertThat(row.description()).isEqualTo(" ");
        assertThat(row.startDatetime()).isNull();
        assertThat(row.clientExternalId()).isNull();
        assertThat(row.pianoExternalId()).isNull();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
