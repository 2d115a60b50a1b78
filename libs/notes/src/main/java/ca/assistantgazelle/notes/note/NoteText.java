package ca.assistantgazelle.notes.note;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A normalised note: without accents and capitals, with uniform degree signs, quotes, dashes and spaces. Every position
 * maps back to the original text.
 */
public final class NoteText {
    private static final Pattern ABBREVIATED =
            Pattern.compile("(?:^|[^a-z])(?:temp|tmp|hum|rel|deg|env|approx|amb|res|syst|r\\.h|h\\.r)$");
    private static final Pattern BREAK =
            Pattern.compile("[.,;!?\\n]|(?<![a-z])(?:mais|but|puis|then|however|cependant)(?![a-z])");

    private final String written;
    private final String plain;
    private final int[] origin;
    private final List<NoteClause> clauses;

    private NoteText(String written, String plain, int[] origin) {
        this.written = written;
        this.plain = plain;
        this.origin = origin;
        this.clauses = split();
    }

    /** @param text may be null, which means an empty note */
    public static NoteText of(String text) {
        var written = text == null ? "" : text;
        var plain = new StringBuilder(written.length());
        var origin = new int[Math.max(16, written.length() * 2)];
        for (int at = 0; at < written.length(); ) {
            int character = written.codePointAt(at);
            var simple = normalised(character);
            for (int i = 0; i < simple.length(); i++) {
                if (plain.length() == origin.length) {
                    origin = Arrays.copyOf(origin, origin.length * 2);
                }
                origin[plain.length()] = at;
                plain.append(simple.charAt(i));
            }
            at += Character.charCount(character);
        }
        return new NoteText(written, plain.toString(), Arrays.copyOf(origin, plain.length()));
    }

    private static String normalised(int character) {
        if (character < 0x80) {
            return character == '\r' ? "\n" : Character.toString(Character.toLowerCase(character));
        }
        return switch (character) {
            case 'º', '˚', '°' -> "°";
            case '’', '‘', '‛', 'ʼ', '´', '`' -> "'";
            case '“', '”', '«', '»' -> "\"";
            case '−', '‐', '‑', '‒', '–', '—' -> "-";
            case 'œ', 'Œ' -> "oe";
            case '½' -> ".5";
            case '\u200B', '\u200C', '\u200D', '\uFEFF', '\u00AD' -> "";
            case '\u2028', '\u2029', '\u0085' -> "\n";
            default -> decomposed(character);
        };
    }

    private static String decomposed(int character) {
        if (Character.isSpaceChar(character)) {
            return " ";
        }
        var parts = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD);
        var kept = new StringBuilder(parts.length());
        parts.codePoints()
                .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
                .forEach(kept::appendCodePoint);
        return kept.toString().toLowerCase(Locale.ROOT);
    }

    /** The normalised text. */
    public String plain() {
        return plain;
    }

    /** In text order; every character belongs to at most one. */
    public List<NoteClause> clauses() {
        return clauses;
    }

    /** The clause at a position in {@link #plain()}. */
    public NoteClause clauseAt(int position) {
        return clauses.stream()
                .filter(clause -> clause.start() <= position && position <= clause.end())
                .findFirst()
                .orElseGet(() -> new NoteClause(this, position, position));
    }

    /** The original text between two positions of {@link #plain()}, stripped. */
    String written(int start, int end) {
        if (start >= end) {
            return "";
        }
        int from = origin[start];
        int to = end < origin.length ? origin[end] : written.length();
        return written.substring(from, Math.max(from, to)).strip();
    }

    private List<NoteClause> split() {
        var found = new ArrayList<NoteClause>();
        int start = 0;
        var breaks = BREAK.matcher(plain);
        while (breaks.find()) {
            if (!separates(breaks.start())) {
                continue;
            }
            add(found, start, breaks.start());
            start = breaks.end();
        }
        add(found, start, plain.length());
        return List.copyOf(found);
    }

    // Not a separator within a number or initials, or after an abbreviation.
    private boolean separates(int at) {
        char mark = plain.charAt(at);
        if (mark != '.' && mark != ',') {
            return true;
        }
        boolean inNumber = at > 0
                && at + 1 < plain.length()
                && Character.isDigit(plain.charAt(at - 1))
                && Character.isDigit(plain.charAt(at + 1));
        boolean initials = mark == '.'
                && at > 0
                && at + 1 < plain.length()
                && Character.isLetter(plain.charAt(at - 1))
                && Character.isLetter(plain.charAt(at + 1));
        return !inNumber
                && !initials
                && (mark == ','
                        || !ABBREVIATED
                                .matcher(plain.substring(Math.max(0, at - 8), at))
                                .find());
    }

    private void add(List<NoteClause> clauses, int start, int end) {
        if (!plain.substring(start, end).isBlank()) {
            clauses.add(new NoteClause(this, start, end));
        }
    }
}
