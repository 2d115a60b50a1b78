package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.note.ResourceLines;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The word lists of {@code words.txt}, where each is documented. */
enum NoteWordList {
    NEGATIONS,
    ARTICLES,
    SUBJECT_NEGATIONS,
    INTENTIONS,
    PAST,
    DONE,
    INSTRUCTION_NEGATIONS,
    FILLERS,
    RESOLUTION_WORDS,
    NEVER,
    NE,
    RECURRENCES,
    PHRASE_NEGATIONS,
    ALL,
    AGAIN,
    NEGATABLE_VERBS,
    TEMPORAL_CONJUNCTIONS,
    SPEAKER_PRONOUNS,
    NEED_NEGATIONS;

    private static final Map<NoteWordList, Set<String>> WORDS = load();

    private static Map<NoteWordList, Set<String>> load() {
        var words = new EnumMap<NoteWordList, Set<String>>(NoteWordList.class);
        for (var line : ResourceLines.of("words.txt")) {
            int colon = line.indexOf(':');
            words.put(
                    valueOf(line.substring(0, colon)),
                    Set.of(line.substring(colon + 1).strip().split(" ")));
        }
        for (var list : values()) {
            if (!words.containsKey(list)) {
                throw new IllegalStateException("words.txt lacks the word list " + list);
            }
        }
        return Collections.unmodifiableMap(words);
    }

    boolean contains(String word) {
        return WORDS.get(this).contains(word);
    }
}
