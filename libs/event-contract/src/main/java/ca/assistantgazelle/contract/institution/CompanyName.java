package ca.assistantgazelle.contract.institution;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares company names, ignoring accents, case, punctuation and spacing. */
final class CompanyName {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private CompanyName() {}

    static boolean containsWords(String name, String pattern) {
        return (" " + normalise(name) + " ").contains(" " + normalise(pattern) + " ");
    }

    static boolean areSame(String one, String other) {
        return normalise(one).equals(normalise(other));
    }

    private static String normalise(String name) {
        var plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        return NOT_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
