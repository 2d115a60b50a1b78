package ca.assistantgazelle.contract.value;

import java.util.regex.Pattern;

/** Neutralises characters that PostgreSQL cannot store, and those that could forge lines or control a terminal. */
public final class SafeText {
    private static final char REPLACEMENT = '\uFFFD';

    /** Control characters, line separators, and characters that change the direction of text. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\t\\u000b\\f\\u0085\\u2028\\u2029]+");

    /** The escape of U+0000 in JSON, not preceded by an odd number of backslashes. */
    private static final Pattern NUL_ESCAPE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private static final Pattern SURROGATE_ESCAPE = Pattern.compile(
            "(?<!\\\\)((?:\\\\\\\\)*)((?:\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2})+)|"
                    + "(?<!\\\\)((?:\\\\\\\\)*)\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");

    private SafeText() {}

    /** Whether PostgreSQL can store the text and the text is free of control characters. */
    public static boolean isPlain(String text) {
        return isStorable(text) && !CONTROL.matcher(text).find();
    }

    /** Whether PostgreSQL can store the text: no U+0000 and no unpaired surrogate. */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && indexOfUnpairedSurrogate(text, 0) < 0;
    }

    /** The text without U+0000 and with U+FFFD in place of unpaired surrogates; null stays null. */
    public static String storable(String text) {
        if (text == null || isStorable(text)) {
            return text;
        }
        var clean = new StringBuilder(text.replace("\0", ""));
        for (int i = indexOfUnpairedSurrogate(clean, 0); i >= 0; i = indexOfUnpairedSurrogate(clean, i + 1)) {
            clean.setCharAt(i, REPLACEMENT);
        }
        return clean.toString();
    }

    /** A JSON document whose strings PostgreSQL can store, as {@link #storable} says, escaped or not. */
    public static String storableJson(String json) {
        var text = storable(json);
        if (!text.contains("\\u")) {
            return text;
        }
        var withoutNul = NUL_ESCAPE.matcher(text).replaceAll("$1");
        return SURROGATE_ESCAPE
                .matcher(withoutNul)
                .replaceAll(match -> match.group(2) != null
                        ? java.util.regex.Matcher.quoteReplacement(match.group())
                        : java.util.regex.Matcher.quoteReplacement(match.group(3)) + REPLACEMENT);
    }

    /** The text in one line: line breaks become spaces, other control characters U+FFFD; null stays null. */
    public static String oneLine(String text) {
        if (text == null || !CONTROL.matcher(text).find()) {
            return storable(text);
        }
        var joined = LINE_BREAK.matcher(text).replaceAll(" ");
        return storable(CONTROL.matcher(joined).replaceAll(String.valueOf(REPLACEMENT)));
    }

    /** Several lines without other control characters, for a terminal or a text mail; null stays null. */
    public static String lines(String text) {
        return text == null
                ? null
                : text.lines()
                        .map(SafeText::oneLine)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse("");
    }

    private static int indexOfUnpairedSurrogate(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }
}
