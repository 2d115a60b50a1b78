package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.note.ResourceLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vocabulary of technicians' notes, read from {@code lexicon.psv}. Rules: docs/notes.md. */
final class NoteLexicon {
    private static final String SUBJECT = "SUBJECT";
    private static final String WHOLE_MESSAGE = "*";

    /** Phrases by first word, longest first. */
    private static final Map<String, List<LexiconPhrase>> PHRASES = load();

    /**
     * A phrase found in a text.
     *
     * @param end index after its last word
     */
    record PhraseMatch(LexiconPhrase phrase, int end) {}

    private NoteLexicon() {}

    /** The longest phrase that starts at the given word. */
    static Optional<PhraseMatch> longestMatch(List<String> words, int at) {
        for (var phrase : PHRASES.getOrDefault(words.get(at), List.of())) {
            int length = phrase.matches(words, at);
            if (length > 0) {
                return Optional.of(new PhraseMatch(phrase, at + length));
            }
        }
        return Optional.empty();
    }

    private static Map<String, List<LexiconPhrase>> load() {
        var all = new LinkedHashMap<List<String>, LexiconPhrase>();
        for (var line : ResourceLines.of("lexicon.psv")) {
            var columns = line.split("\\|", 4);
            for (var phrase : columns[3].split("/")) {
                add(all, phrase, columns[0].strip(), columns[1].strip(), columns[2].strip());
            }
        }
        var byFirstWord = new HashMap<String, List<LexiconPhrase>>();
        for (var phrase : all.values()) {
            byFirstWord
                    .computeIfAbsent(phrase.first(), first -> new ArrayList<>())
                    .add(phrase);
        }
        byFirstWord
                .values()
                .forEach(some -> some.sort((one, other) ->
                        Integer.compare(other.words().size(), one.words().size())));
        return byFirstWord;
    }

    private static void add(
            Map<List<String>, LexiconPhrase> all, String text, String meaning, String event, String of) {
        boolean named = !of.isEmpty() && !of.equals(WHOLE_MESSAGE);
        var thing = named ? NoteSubject.valueOf(of) : null;
        var words = LexiconPhrase.words(text);
        for (var first : LexiconPhrase.inflections(words.getFirst())) {
            var spelled = new ArrayList<>(words);
            spelled.set(0, first);
            var key = List.copyOf(spelled);
            var added = meaning.equals(SUBJECT)
                    ? new LexiconPhrase(key, thing, List.of())
                    : new LexiconPhrase(
                            key,
                            null,
                            List.of(new PhraseMeaning(
                                    EventEffect.valueOf(meaning),
                                    MaintenanceEventType.valueOf(event),
                                    thing,
                                    of.equals(WHOLE_MESSAGE))));
            all.merge(key, added, LexiconPhrase::mergedWith);
        }
    }
}
