package ca.assistantgazelle.reading;

import ca.assistantgazelle.note.NoteText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds relative humidities. Source: reference/report-alerts.md §1.7, step 4. */
final class Humidities {
  private static final int ADJACENT = 6;
  private static final int BETWEEN_WITHIN = 20;

  /** A duration ("2 hr") is none. */
  private static final String WORD =
      "(?<![a-z])(?:humidite|humidity|hum|rh|(?<!\\d)(?<!\\d )hr|r\\.h|h\\.r)(?![a-z])";

  private static final Pattern PERCENT =
      Pattern.compile(
          "(?:(?<![0-9.,])(\\d{1,3})\\s*%?\\s*-\\s*)?"
              + Numbers.NUMBER
              + "\\s*(?:%|(?:pour ?cent|percent|pct)(?![a-z]))");

  private static final Pattern NAMED =
      Pattern.compile(
          WORD
              + "\\.?([^0-9;!?\\n%]{0,30}?)"
              + Numbers.NUMBER
              + "(?!\\s*(?:%|°|-\\s*\\d|(?:c|f|deg|degres?|degrees?|celsius|fahrenheit|hz|pour ?cent|percent|pct|cordes?|pianos?|notes?|cents?|ans?|mois|jours?|semaines?|minutes?|min|h|hr|heures?|marteaux|touches?|octaves?|pieds?|po|cm|mm|ml|litres?|fois|\\$)(?![a-z])))");

  private static final Pattern HUMIDITY_WORD = Pattern.compile(WORD);
  private static final Pattern VETO =
      Pattern.compile(
          "(?<![a-z])(?:rabais|remises?|discounts?|batter(?:ies?|y)|charges?|chargee?s?|taxes?|tps|tvq|plus (?:haut|bas)e?s?|reductions?|augmentations?|sales?|overpull|tips?|pourboires?|depots?|deposits?|acomptes?)(?![a-z])");

  /** Right before a percentage that is wished for or supposed, not measured. */
  private static final Pattern WISH =
      Pattern.compile(
          "(?<![a-z])(?:ideale?s?|cibles?|target|recommande[es]?|recommended|maintenir|maintain|keep|(?:si|if)(?![a-z])[^0-9]{0,25}(?:descend|baisse|tombe|passe|monte|depasse|drops?|falls?|goes|rises?))(?![a-z])[^0-9]{0,25}$");

  private static final Pattern BETWEEN = Pattern.compile("(?<![a-z])(?:entre|between)(?![a-z])");

  private Humidities() {}

  /** In the order they are written; the unsure ones only when no other is there. */
  static List<Humidity> in(NoteText note, List<Temperature> temperatures) {
    var found = new ArrayList<Humidity>();
    addPercentages(found, note, temperatures);
    addNamed(found, note, temperatures);
    found.sort((one, other) -> Integer.compare(one.start(), other.start()));
    if (found.stream().anyMatch(humidity -> humidity.confidence() == Confidence.HIGH)) {
      found.removeIf(humidity -> humidity.confidence() == Confidence.LOW);
    }
    return temperatures.size() == found.size() ? found : range(note, found);
  }

  private static void addPercentages(
      List<Humidity> found, NoteText note, List<Temperature> temperatures) {
    var matcher = PERCENT.matcher(note.plain());
    while (matcher.find()) {
      var high = Numbers.value(matcher.group(2));
      var low = matcher.group(1) == null ? high : new BigDecimal(matcher.group(1));
      boolean isRange = low.signum() > 0 && low.compareTo(high) < 0;
      int start = isRange || matcher.group(1) == null ? matcher.start() : matcher.start(2);
      if (!isWithin(high, 1, 100)) {
        continue;
      }
      var clause = note.clauseAt(matcher.start(2)).plain();
      boolean named = HUMIDITY_WORD.matcher(clause).find();
      if (isWished(note, matcher.start(2)) || (!named && VETO.matcher(clause).find())) {
        continue;
      }
      boolean sure = named || isNextTo(temperatures, start, matcher.end());
      found.add(
          new Humidity(isRange ? low : high, high, sure ? Confidence.HIGH : Confidence.LOW, start));
    }
  }

  private static void addNamed(
      List<Humidity> found, NoteText note, List<Temperature> temperatures) {
    var matcher = NAMED.matcher(note.plain());
    while (matcher.find()) {
      var value = Numbers.value(matcher.group(2));
      int start = matcher.start(2);
      boolean taken =
          temperatures.stream().anyMatch(t -> t.start() <= start && start < t.end())
              || found.stream().anyMatch(humidity -> humidity.start() == start);
      boolean sameSentence = !matcher.group(1).contains(". ");
      if (!taken && sameSentence && !isWished(note, start) && isWithin(value, 5, 95)) {
        found.add(new Humidity(value, value, Confidence.HIGH, start));
      }
    }
  }

  private static boolean isWished(NoteText note, int position) {
    return WISH.matcher(note.plain().substring(note.clauseAt(position).start(), position)).find();
  }

  private static boolean isNextTo(List<Temperature> temperatures, int start, int end) {
    return temperatures.stream()
        .anyMatch(
            temperature ->
                temperature.end() <= start
                    ? start - temperature.end() <= ADJACENT
                    : temperature.start() - end <= ADJACENT);
  }

  private static List<Humidity> range(NoteText note, List<Humidity> found) {
    if (found.size() != 2 || !saysBetween(note, found.getFirst().start())) {
      return found;
    }
    var first = found.getFirst();
    var second = found.getLast();
    return List.of(
        new Humidity(
            first.low().min(second.low()),
            first.high().max(second.high()),
            first.confidence(),
            first.start()));
  }

  private static boolean saysBetween(NoteText note, int position) {
    return BETWEEN
        .matcher(note.plain().substring(Math.max(0, position - BETWEEN_WITHIN), position))
        .find();
  }

  private static boolean isWithin(BigDecimal value, int least, int most) {
    return value.compareTo(BigDecimal.valueOf(least)) >= 0
        && value.compareTo(BigDecimal.valueOf(most)) <= 0;
  }
}
