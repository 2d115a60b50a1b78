package ca.assistantgazelle.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The twelve columns. Source: the seed; derivations in reference/report-alerts.md §1.4. */
public final class Columns {
  /** As institutions know them. */
  public static final List<String> NAMES =
      List.of(
          "DateEvenement",
          "TypeEvenement",
          "Description",
          "NomClient",
          "Marque",
          "Modele",
          "NumeroSerie",
          "TypePiano",
          "Annee",
          "Local",
          "Technicien",
          "MesureHumidite");

  /** Days of the report are days of Montréal. */
  static final ZoneId ZONE = ZoneId.of("America/Toronto");

  /** Google refuses cells beyond 50,000 characters. */
  private static final int LONGEST_CELL = 45_000;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

  private Columns() {}

  /** Null when there is no instant. */
  static LocalDate day(Instant at) {
    return at == null ? null : at.atZone(ZONE).toLocalDate();
  }

  static List<String> cells(
      Instant at,
      String type,
      String description,
      String client,
      Piano piano,
      String technician,
      String readings) {
    var cells = new ArrayList<String>(NAMES.size());
    cells.add(at == null ? "" : day(at).toString());
    cells.add(type);
    cells.add(fitted(description));
    cells.add(fitted(client));
    piano.cells().forEach(cell -> cells.add(fitted(cell)));
    cells.add(fitted(technician));
    cells.add(fitted(readings));
    return List.copyOf(cells);
  }

  // One spelling of line ends, and nothing that a spreadsheet does not keep.
  private static String fitted(String text) {
    var tidy =
        UNPRINTABLE.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("").strip();
    if (tidy.length() <= LONGEST_CELL) {
      return tidy;
    }
    int end = LONGEST_CELL - 1;
    return tidy.substring(0, Character.isHighSurrogate(tidy.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
