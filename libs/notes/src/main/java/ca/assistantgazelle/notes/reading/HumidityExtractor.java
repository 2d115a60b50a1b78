package ca.assistantgazelle.notes.reading;

import ca.assistantgazelle.notes.note.NoteText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Extracts relative humidities. Rules: docs/notes.md. */
final class HumidityExtractor {
    private static final int MAX_ADJACENT_DISTANCE = 6;
    private static final int MAX_BETWEEN_DISTANCE = 20;

    /** Excludes durations ("2 hr"). */
    private static final String HUMIDITY_TERM =
            "(?<![a-z])(?:humidite|humidity|hum|rh|(?<!\\d)(?<!\\d )hr|r\\.h|h\\.r)(?![a-z])";

    private static final Pattern PERCENT = Pattern.compile("(?:(?<![0-9.,])(\\d{1,3})\\s*%?\\s*-\\s*)?"
            + NumberPattern.NUMBER
            + "\\s*(?:%|(?:pour ?cent|percent|pct)(?![a-z]))");

    private static final Pattern NAMED = Pattern.compile(
            HUMIDITY_TERM
                    + "\\.?([^0-9;!?\\n%]{0,30}?)"
                    + NumberPattern.NUMBER
                    + "(?!\\s*(?:%|°|-\\s*\\d|(?:c|f|deg|degres?|degrees?|celsius|fahrenheit|hz|pour ?cent|percent|pct|cordes?|pianos?|notes?|cents?|ans?|mois|jours?|semaines?|minutes?|min|h|hr|heures?|marteaux|touches?|octaves?|pieds?|po|cm|mm|ml|litres?|fois|\\$)(?![a-z])))");

    private static final Pattern HUMIDITY_WORD = Pattern.compile(HUMIDITY_TERM);
    private static final Pattern VETO = Pattern.compile(
            "(?<![a-z])(?:rabais|remises?|discounts?|batter(?:ies?|y)|charges?|chargee?s?|taxes?|tps|tvq|plus (?:haut|bas)e?s?|reductions?|augmentations?|sales?|overpull|tips?|pourboires?|depots?|deposits?|acomptes?)(?![a-z])");

    /** Precedes a percentage that is a target or hypothetical, not a measurement. */
    private static final Pattern TARGET_PREFIX = Pattern.compile(
            "(?<![a-z])(?:ideale?s?|cibles?|target|recommande[es]?|recommended|maintenir|maintain|keep|(?:si|if)(?![a-z])[^0-9]{0,25}(?:descend|baisse|tombe|passe|monte|depasse|drops?|falls?|goes|rises?))(?![a-z])[^0-9]{0,25}$");

    private static final Pattern BETWEEN = Pattern.compile("(?<![a-z])(?:entre|between)(?![a-z])");

    private HumidityExtractor() {}

    /** In text order; low-confidence ones only if there is no other. */
    static List<HumidityReading> extract(NoteText note, List<TemperatureReading> temperatures) {
        var found = new ArrayList<HumidityReading>();
        addPercentages(found, note, temperatures);
        addNamed(found, note, temperatures);
        found.sort((one, other) -> Integer.compare(one.start(), other.start()));
        if (found.stream().anyMatch(humidity -> humidity.confidence() == ReadingConfidence.HIGH)) {
            found.removeIf(humidity -> humidity.confidence() == ReadingConfidence.LOW);
        }
        return temperatures.size() == found.size() ? found : mergedRange(note, found);
    }

    private static void addPercentages(
            List<HumidityReading> found, NoteText note, List<TemperatureReading> temperatures) {
        var matcher = PERCENT.matcher(note.plain());
        while (matcher.find()) {
            var high = NumberPattern.value(matcher.group(2));
            var low = matcher.group(1) == null ? high : new BigDecimal(matcher.group(1));
            boolean isRange = low.signum() > 0 && low.compareTo(high) < 0;
            int start = isRange || matcher.group(1) == null ? matcher.start() : matcher.start(2);
            if (!isWithin(high, 1, 100)) {
                continue;
            }
            var clause = note.clauseAt(matcher.start(2)).plain();
            boolean named = HUMIDITY_WORD.matcher(clause).find();
            if (isTarget(note, matcher.start(2))
                    || (!named && VETO.matcher(clause).find())) {
                continue;
            }
            boolean sure = named || isNextTo(temperatures, start, matcher.end());
            found.add(new HumidityReading(
                    isRange ? low : high, high, sure ? ReadingConfidence.HIGH : ReadingConfidence.LOW, start));
        }
    }

    private static void addNamed(List<HumidityReading> found, NoteText note, List<TemperatureReading> temperatures) {
        var matcher = NAMED.matcher(note.plain());
        while (matcher.find()) {
            var value = NumberPattern.value(matcher.group(2));
            int start = matcher.start(2);
            boolean taken = temperatures.stream().anyMatch(t -> t.start() <= start && start < t.end())
                    || found.stream().anyMatch(humidity -> humidity.start() == start);
            boolean sameSentence = !matcher.group(1).contains(". ");
            if (!taken && sameSentence && !isTarget(note, start) && isWithin(value, 5, 95)) {
                found.add(new HumidityReading(value, value, ReadingConfidence.HIGH, start));
            }
        }
    }

    private static boolean isTarget(NoteText note, int position) {
        return TARGET_PREFIX
                .matcher(note.plain().substring(note.clauseAt(position).start(), position))
                .find();
    }

    private static boolean isNextTo(List<TemperatureReading> temperatures, int start, int end) {
        return temperatures.stream()
                .anyMatch(temperature -> temperature.end() <= start
                        ? start - temperature.end() <= MAX_ADJACENT_DISTANCE
                        : temperature.start() - end <= MAX_ADJACENT_DISTANCE);
    }

    private static List<HumidityReading> mergedRange(NoteText note, List<HumidityReading> found) {
        if (found.size() != 2 || !isPrecededByBetween(note, found.getFirst().start())) {
            return found;
        }
        var first = found.getFirst();
        var second = found.getLast();
        return List.of(new HumidityReading(
                first.low().min(second.low()), first.high().max(second.high()), first.confidence(), first.start()));
    }

    private static boolean isPrecededByBetween(NoteText note, int position) {
        return BETWEEN.matcher(note.plain().substring(Math.max(0, position - MAX_BETWEEN_DISTANCE), position))
                .find();
    }

    private static boolean isWithin(BigDecimal value, int least, int most) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
