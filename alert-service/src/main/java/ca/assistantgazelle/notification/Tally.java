package ca.assistantgazelle.notification;

import ca.assistantgazelle.mail.Mode;
import ca.assistantgazelle.mail.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts letters and the appointments in them by what became of them. */
final class Tally {
  private static final String[] WORDS = {
    "sent", "redirected", "simulated", "failed", "ambiguous", "computed"
  };

  private final Map<String, Long> letters = new LinkedHashMap<>();
  private final Map<String, Long> appointments = new LinkedHashMap<>();
  private final Map<String, Object> details = new LinkedHashMap<>();
  private boolean retryable;
  private long skipped;

  Tally() {
    for (var word : WORDS) {
      letters.put(word, 0L);
      appointments.put(word, 0L);
    }
  }

  void add(Letter letter, Receipt receipt, Mode mode) {
    var word =
        switch (receipt) {
          case Receipt.Accepted accepted -> mode == Mode.LIVE ? "sent" : "redirected";
          case Receipt.Refused refused -> "failed";
          case Receipt.Unclear unclear -> "ambiguous";
        };
    retryable |= receipt instanceof Receipt.Refused refused && refused.retryable();
    add(word, 1, letter.notifications().size());
  }

  void add(String word, long someLetters, long someAppointments) {
    letters.merge(word, someLetters, Long::sum);
    appointments.merge(word, someAppointments, Long::sum);
  }

  /** Those that another run took over before they left. */
  void skipped(List<Letter> some) {
    skipped += some.stream().mapToLong(letter -> letter.notifications().size()).sum();
  }

  /** Appointments. */
  long skipped() {
    return skipped;
  }

  void detail(String name, Object value) {
    details.put(name, value);
  }

  long letters(String word) {
    return letters.get(word);
  }

  /** Whether trying again later may help. */
  boolean retryable() {
    return retryable;
  }

  Map<String, Map<String, Long>> counts() {
    return Map.of("letters", Map.copyOf(letters), "appointments", Map.copyOf(appointments));
  }

  Map<String, Object> details() {
    return Map.copyOf(details);
  }
}
