package ca.assistantgazelle.notes.reading;

import ca.assistantgazelle.notes.note.NoteText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Extracts temperatures. Rules: docs/notes.md. */
final class TemperatureExtractor {
    private static final BigDecimal MIN_CELSIUS = BigDecimal.valueOf(-10);
    private static final BigDecimal MAX_CELSIUS = BigDecimal.valueOf(45);
    private static final String SCALE = "(celsius|fahrenheit|c|f)(?![a-z0-9])";

    private static final Pattern WITH_UNIT = Pattern.compile("(?<![0-9])(-?)"
            + NumberPattern.NUMBER
            + "\\s*(?:(?:°|(?:degres?|degrees?|deg)(?![a-z])\\.?)\\s*(?:"
            + SCALE
            + ")?|(celsius|fahrenheit|c|f)(?![a-z0-9']))");

    private static final Pattern NAMED = Pattern.compile(
            "(?<![a-z])(?:temperatures?|temp|tmp|t°)(?![a-z])\\.?([^0-9;!?\\n]{0,25}?)(-?)"
                    + NumberPattern.NUMBER
                    + "(?!\\s*(?:%|hz|pour ?cent|percent|cordes?|pianos?|notes?|cents|ans?(?![a-z])|mois|jours?|minutes?|h(?![a-z]|\\s*\\d+\\s*%)|:))");

    /** "25 c plus bas" means cents of pitch. */
    private static final Pattern PITCH = Pattern.compile("(?<![a-z])(?:plus (?:haut|bas)|flat|sharp)(?![a-z])");

    /** Marks outdoor temperatures, which are ignored. */
    private static final Pattern OUTDOORS =
            Pattern.compile("(?<![a-z])(?:dehors|outside|outdoors|exterieure?)(?![a-z])");

    private TemperatureExtractor() {}

    static List<TemperatureReading> extract(NoteText note) {
        var found = new ArrayList<TemperatureReading>();
        var matcher = WITH_UNIT.matcher(note.plain());
        while (matcher.find()) {
            add(found, note, matcher.toMatchResult());
        }
        if (found.isEmpty()) {
            var named = NAMED.matcher(note.plain());
            while (named.find()) {
                if (!named.group(1).contains(". ")) {
                    addNamed(found, named.toMatchResult());
                }
            }
        }
        return found;
    }

    private static void add(List<TemperatureReading> found, NoteText note, MatchResult match) {
        var scale = match.group(3) != null ? match.group(3) : match.group(4);
        if (match.group(4) != null
                && match.group(4).length() == 1
                && PITCH.matcher(note.clauseAt(match.start()).plain()).find()) {
            return;
        }
        if (OUTDOORS.matcher(note.clauseAt(match.start()).plain()).find()) {
            return;
        }
        addIfPlausible(found, match, signed(match.group(1), match.group(2)), isFahrenheit(scale));
    }

    private static void addNamed(List<TemperatureReading> found, MatchResult match) {
        var value = signed(match.group(2), match.group(3));
        addIfPlausible(found, match, value, value.compareTo(MAX_CELSIUS) > 0);
    }

    private static void addIfPlausible(
            List<TemperatureReading> found, MatchResult match, BigDecimal value, boolean fahrenheit) {
        var celsius = fahrenheit ? celsius(value) : value;
        if (celsius.compareTo(MIN_CELSIUS) >= 0 && celsius.compareTo(MAX_CELSIUS) <= 0) {
            found.add(new TemperatureReading(celsius, match.start(), match.end()));
        }
    }

    private static boolean isFahrenheit(String scale) {
        return scale != null && scale.startsWith("f");
    }

    // A reading below -10 °C is implausible, so the minus sign is taken as a dash.
    private static BigDecimal signed(String minus, String digits) {
        var value = NumberPattern.value(digits);
        return minus.isEmpty() || value.negate().compareTo(MIN_CELSIUS) < 0 ? value : value.negate();
    }

    private static BigDecimal celsius(BigDecimal fahrenheit) {
        return fahrenheit
                .subtract(BigDecimal.valueOf(32))
                .multiply(BigDecimal.valueOf(5))
                .divide(BigDecimal.valueOf(9), 0, RoundingMode.HALF_UP);
    }
}
