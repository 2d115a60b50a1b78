package ca.assistantgazelle.notes.maintenance;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of words; {@code ..} matches up to three arbitrary words, a word ending in {@code ~} its masculine,
 * feminine and plural forms.
 *
 * @param subject subject it names; null for a state phrase
 * @param meanings its possible meanings; empty for a subject
 */
record LexiconPhrase(List<String> words, NoteSubject subject, List<PhraseMeaning> meanings) {
    private static final String GAP = "..";
    private static final int MAX_GAP = 3;
    private static final List<String> ENDINGS = List.of("", "e", "s", "es");

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    String first() {
        return words.getFirst();
    }

    boolean hasGap() {
        return words.contains(GAP);
    }

    /** Every inflected form of a word. */
    static List<String> inflections(String word) {
        if (!word.endsWith("~")) {
            return List.of(word);
        }
        var stem = word.substring(0, word.length() - 1);
        return ENDINGS.stream().map(ending -> stem + ending).toList();
    }

    /** The same words with the meanings of both phrases. */
    LexiconPhrase mergedWith(LexiconPhrase other) {
        if (subject != null || other.subject() != null) {
            throw new IllegalStateException(words + " is defined as a subject and as something else in lexicon.psv");
        }
        var all = new ArrayList<>(meanings);
        all.addAll(other.meanings());
        return new LexiconPhrase(words, null, List.copyOf(all));
    }

    /** @return number of words matched from there; 0 if the phrase does not match */
    int matches(List<String> text, int at) {
        int end = matches(text, at, 0);
        return end < 0 ? 0 : end - at;
    }

    private int matches(List<String> text, int at, int index) {
        if (index == words.size()) {
            return at;
        }
        var word = words.get(index);
        if (word.equals(GAP)) {
            for (int skipped = 0; skipped <= MAX_GAP; skipped++) {
                int end = matches(text, at + skipped, index + 1);
                if (end >= 0) {
                    return end;
                }
            }
            return -1;
        }
        return at < text.size() && matchesWord(word, text.get(at)) ? matches(text, at + 1, index + 1) : -1;
    }

    private static boolean matchesWord(String word, String said) {
        if (!word.endsWith("~")) {
            return word.equals(said);
        }
        var stem = word.substring(0, word.length() - 1);
        return said.startsWith(stem) && ENDINGS.contains(said.substring(stem.length()));
    }
}
