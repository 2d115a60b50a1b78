package ca.assistantgazelle.maintenance;

import java.util.ArrayList;
import java.util.List;

/**
 * The things and states named in one clause, in the order of its words.
 *
 * @param things what can be spoken of
 * @param states what is said
 */
record ClauseParse(Words words, List<ThingAt> things, List<StateAt> states) {
  private static final int FARTHEST_BEFORE = 9;
  private static final int FARTHEST_AFTER = 4;

  /**
   * @param at index of its last word
   */
  record ThingAt(Thing thing, int start, int at) {}

  /**
   * @param end index behind its last word
   */
  record StateAt(List<Sense> senses, int start, int end) {}

  static ClauseParse of(String clause) {
    var words = Words.of(clause);
    var things = new ArrayList<ThingAt>();
    var states = new ArrayList<StateAt>();
    for (int at = 0; at < words.all().size(); ) {
      int start = at;
      var found = Lexicon.at(words.all(), start);
      found.ifPresent(
          one -> {
            addThing(things, one, start);
            if (one.phrase().hasGap()) {
              addThings(words.all().subList(0, one.end()), start + 1, things);
            }
            if (!one.phrase().senses().isEmpty()) {
              states.add(new StateAt(one.phrase().senses(), start, one.end()));
            }
          });
      at = found.map(Lexicon.Found::end).orElse(start + 1);
    }
    return new ClauseParse(words, things, states);
  }

  // "put the cover back"
  private static void addThings(List<String> words, int from, List<ThingAt> things) {
    for (int i = from; i < words.size(); i++) {
      int start = i;
      Lexicon.at(words, start).ifPresent(one -> addThing(things, one, start));
    }
  }

  private static void addThing(List<ThingAt> things, Lexicon.Found found, int start) {
    if (found.phrase().thing() != null) {
      things.add(new ThingAt(found.phrase().thing(), start, found.end() - 1));
    }
  }

  /** Things near enough to a state, nearest first; those before it are preferred. */
  List<ThingAt> around(StateAt state) {
    return things.stream()
        .filter(thing -> distance(thing, state) < Integer.MAX_VALUE && !isOwner(thing))
        .sorted((one, other) -> Integer.compare(distance(one, state), distance(other, state)))
        .toList();
  }

  // "La lampe du piano": the lamp is spoken of.
  private boolean isOwner(ThingAt thing) {
    int before = thing.start() - 1;
    return thing.thing() == Thing.PIANO
        && (words.is(before, "du")
            || words.is(before, "de")
            || words.is(before, "of")
            || words.is(before - 1, "of"));
  }

  private static int distance(ThingAt thing, StateAt state) {
    if (thing.at() < state.start()) {
      int before = state.start() - thing.at();
      return before <= FARTHEST_BEFORE ? before : Integer.MAX_VALUE;
    }
    int after = thing.start() - state.end() + 1;
    return after <= FARTHEST_AFTER ? after + FARTHEST_AFTER : Integer.MAX_VALUE;
  }
}
