package ca.assistantgazelle.sync.client;

/** A row of gazelle_contacts. */
record ContactRow(
        String externalId,
        String clientExternalId,
        String firstName,
        String lastName,
        String role,
        String email,
        String phone,
        Boolean isDefault,
        Boolean isBillingDefault,
        Boolean archived) {}
