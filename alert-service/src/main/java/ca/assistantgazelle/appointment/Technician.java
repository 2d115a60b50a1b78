package ca.assistantgazelle.appointment;

import java.util.regex.Pattern;

/**
 * Somebody of the staff.
 *
 * @param email null when none is known
 * @param active takes appointments
 */
public record Technician(String id, String firstName, String name, String email, boolean active) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@<>,;:\"()\\[\\]\\\\]+@[^\\s@<>,;:\"()\\[\\]\\\\]+\\.[^\\s@<>,;:\"()\\[\\]\\\\]{2,}");

  /** Has an address that a message can be sent to. */
  boolean isReachable() {
    return active && email != null && ADDRESS.matcher(email).matches();
  }
}
