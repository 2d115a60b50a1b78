package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.note.Lines;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The lists of {@code words.txt}, where each is explained. */
enum WordList {
  DENIALS,
  BEFORE_A_THING,
  NO_THING,
  INTENTIONS,
  PAST,
  DONE,
  NEEDLESS,
  FILLERS,
  PUT_RIGHT,
  NEVER,
  NE,
  HABITS,
  OUTRIGHT,
  ALL,
  AGAIN,
  VERBS,
  WHEN,
  SPEAKERS,
  NO;

  private static final Map<WordList, Set<String>> WORDS = load();

  private static Map<WordList, Set<String>> load() {
    var words = new EnumMap<WordList, Set<String>>(WordList.class);
    for (var line : Lines.of("words.txt")) {
      int colon = line.indexOf(':');
      words.put(
          valueOf(line.substring(0, colon)), Set.of(line.substring(colon + 1).strip().split(" ")));
    }
    for (var list : values()) {
      if (!words.containsKey(list)) {
        throw new IllegalStateException("words.txt has no line " + list);
      }
    }
    return Collections.unmodifiableMap(words);
  }

  boolean has(String word) {
    return WORDS.get(this).contains(word);
  }
}
