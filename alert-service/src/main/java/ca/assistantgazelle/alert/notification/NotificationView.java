package ca.assistantgazelle.alert.notification;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A notification in the response. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record NotificationView(
        UUID id,
        String kind,
        String appointmentId,
        String recipient,
        LocalDate appointmentDate,
        String schedule,
        String status,
        int attempts,
        String messageId,
        String providerId,
        String error,
        UUID runId,
        Instant createdAt,
        Instant updatedAt) {}
