package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.note.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words technicians use, of {@code lexicon.psv}. Source: reference/report-alerts.md §1.3, §3.1,
 * §3.2.
 */
final class Lexicon {
  private static final String THING = "THING";
  private static final String WHOLE = "*";

  /** By first word; the longest come first. */
  private static final Map<String, List<Phrase>> PHRASES = load();

  /**
   * A phrase in a text.
   *
   * @param end index behind its last word
   */
  record Found(Phrase phrase, int end) {}

  private Lexicon() {}

  /** The longest phrase that begins there. */
  static Optional<Found> at(List<String> words, int at) {
    for (var phrase : PHRASES.getOrDefault(words.get(at), List.of())) {
      int length = phrase.matches(words, at);
      if (length > 0) {
        return Optional.of(new Found(phrase, at + length));
      }
    }
    return Optional.empty();
  }

  private static Map<String, List<Phrase>> load() {
    var all = new LinkedHashMap<List<String>, Phrase>();
    for (var line : Lines.of("lexicon.psv")) {
      var columns = line.split("\\|", 4);
      for (var phrase : columns[3].split("/")) {
        add(all, phrase, columns[0].strip(), columns[1].strip(), columns[2].strip());
      }
    }
    var byFirstWord = new HashMap<String, List<Phrase>>();
    for (var phrase : all.values()) {
      byFirstWord.computeIfAbsent(phrase.first(), first -> new ArrayList<>()).add(phrase);
    }
    byFirstWord
        .values()
        .forEach(
            some ->
                some.sort(
                    (one, other) -> Integer.compare(other.words().size(), one.words().size())));
    return byFirstWord;
  }

  private static void add(
      Map<List<String>, Phrase> all, String text, String meaning, String event, String of) {
    boolean named = !of.isEmpty() && !of.equals(WHOLE);
    var thing = named ? Thing.valueOf(of) : null;
    var words = Phrase.words(text);
    for (var first : Phrase.forms(words.getFirst())) {
      var spelled = new ArrayList<>(words);
      spelled.set(0, first);
      var key = List.copyOf(spelled);
      var added =
          meaning.equals(THING)
              ? new Phrase(key, thing, List.of())
              : new Phrase(
                  key,
                  null,
                  List.of(
                      new Sense(
                          Meaning.valueOf(meaning),
                          EventType.valueOf(event),
                          thing,
                          of.equals(WHOLE))));
      all.merge(key, added, Phrase::and);
    }
  }
}
