package ca.assistantgazelle.alert.appointment;

import java.util.regex.Pattern;

/**
 * A member of the staff.
 *
 * @param email null when unknown
 * @param active whether the account is active in Gazelle
 */
public record TechnicianContact(String id, String firstName, String name, String email, boolean active) {
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>,;:\"()\\[\\]\\\\]+@[^\\s@<>,;:\"()\\[\\]\\\\]+\\.[^\\s@<>,;:\"()\\[\\]\\\\]{2,}");

    /** Whether the technician is active and has a valid address. */
    boolean isReachable() {
        return active && email != null && ADDRESS.matcher(email).matches();
    }
}
