package ca.assistantgazelle.sync.client;

import java.time.Instant;
import java.util.List;

/** A row of gazelle_clients: the columns filled from Gazelle, not the manually maintained ones. */
record ClientRow(
        String externalId,
        String companyName,
        String firstName,
        String lastName,
        String status,
        String clientType,
        List<String> gazelleTags,
        String email,
        String phone,
        String street,
        String city,
        String region,
        String postalCode,
        String countryCode,
        String personalNotes,
        String preferenceNotes,
        String locale,
        String preferredTechnicianId,
        String lifecycleState,
        Instant gazelleCreatedAt,
        Instant gazelleUpdatedAt) {}
