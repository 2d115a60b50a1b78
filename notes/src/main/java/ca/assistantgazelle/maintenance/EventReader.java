package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.maintenance.ClauseParse.StateAt;
import ca.assistantgazelle.maintenance.ClauseParse.ThingAt;
import ca.assistantgazelle.note.Clause;
import ca.assistantgazelle.note.NoteText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows a note clause by clause: what is said of which thing, and whether it is denied, intended
 * or supposed. Source: reference/report-alerts.md §3.4.
 */
final class EventReader {
  private static final Set<String> PUT_RIGHT =
      Set.of(
          "corrige",
          "corrigee",
          "corriges",
          "corrigees",
          "fixed",
          "resolu",
          "resolue",
          "resolus",
          "resolved",
          "regle",
          "reglee",
          "regles",
          "repare",
          "reparee",
          "repaired",
          "remis",
          "remise",
          "solved");

  private final Map<EventType, Story> stories = new EnumMap<>(EventType.class);
  private Thing carried;
  private EventType lastRaised;
  private boolean supposed;

  private EventReader() {}

  /** In the order in which they are first told of. */
  static Map<EventType, Story> read(NoteText note) {
    var reader = new EventReader();
    note.clauses().forEach(reader::read);
    return reader.stories;
  }

  private void read(Clause clause) {
    var parse = ClauseParse.of(clause.plain());
    int supposition = parse.words().supposition();
    int from = 0;
    boolean said = putAllRight(clause, parse.words());
    for (var state : parse.states()) {
      boolean hypothetical =
          supposed || clause.isQuestion() || (supposition >= 0 && supposition < state.start());
      said |= understand(clause, parse, state, from, hypothetical);
      from = state.end();
    }
    if (!said) {
      putRight(clause, parse.words());
    }
    parse.things().stream()
        .map(ThingAt::thing)
        .filter(thing -> thing != Thing.PIANO && thing != Thing.ROOM)
        .reduce((first, last) -> last)
        .ifPresent(thing -> carried = thing);
    supposed = supposition == 0;
  }

  private boolean understand(
      Clause clause, ClauseParse parse, StateAt state, int from, boolean supposition) {
    var spoken = spokenOf(parse, state);
    var thing = spoken == null ? null : spoken.thing();
    var sense = spoken == null ? null : spoken.sense();
    if (spoken != null && sense == null) {
      return false;
    }
    if (sense == null) {
      sense = unnamed(clause, parse, state, from);
    }
    if (sense == null) {
      return false;
    }
    int since = thing != null && thing.at() < state.start() ? Math.max(from, thing.at() + 1) : from;
    apply(
        clause,
        parse.words(),
        state,
        sense,
        since,
        thing == null ? -1 : thing.start(),
        supposition);
    return true;
  }

  /**
   * @param sense null when the state belongs to a thing that is none of our business
   */
  private record Spoken(ThingAt thing, Sense sense) {}

  /** What the state speaks of, by the things near it; null when none of them fits. */
  private static Spoken spokenOf(ClauseParse parse, StateAt state) {
    ThingAt foreign = null;
    for (var near : parse.around(state)) {
      var sense = find(state.senses(), near.thing());
      if (sense == null) {
        sense = meant(state.senses(), near.thing());
      }
      boolean reachable =
          foreign == null
              || (near.at() < foreign.start()
                  && parse.words().areJoined(near.at() + 1, foreign.start()));
      if (sense != null && reachable) {
        return new Spoken(near, sense);
      }
      if (foreign == null && near.thing() == Thing.FOREIGN) {
        foreign = near;
      }
    }
    boolean nearest = foreign != null && parse.around(state).getFirst().equals(foreign);
    return nearest || (foreign != null && find(state.senses(), null) == null)
        ? new Spoken(foreign, null)
        : null;
  }

  /**
   * "Rempli", "rebranché": what it speaks of stands in an earlier clause, or in the word itself.
   */
  private Sense unnamed(Clause clause, ClauseParse parse, StateAt state, int from) {
    boolean bare = parse.words().isBare(from, state.start());
    var self = find(state.senses(), null);
    if (self != null) {
      boolean foreign = bare && carried == Thing.FOREIGN && !isRaised(self.type());
      return foreign ? null : self;
    }
    if (!bare) {
      return null;
    }
    for (var sense : state.senses()) {
      if (sense.meaning() == Meaning.RESOLVE
          && isRaised(sense.type())
          && !stories.get(sense.type()).isTold(clause)
          && carried != Thing.FOREIGN) {
        return sense;
      }
    }
    return carried == null ? null : find(state.senses(), carried);
  }

  private boolean isRaised(EventType type) {
    var story = stories.get(type);
    return story != null && story.isRaised();
  }

  private static Sense meant(List<Sense> senses, Thing thing) {
    for (var sense : senses) {
      if (sense.thing() == null && thing.means(sense.type())) {
        return sense;
      }
    }
    return null;
  }

  private static Sense find(List<Sense> senses, Thing thing) {
    for (var sense : senses) {
      if (sense.thing() == thing) {
        return sense;
      }
    }
    return null;
  }

  private void apply(
      Clause clause,
      Words words,
      StateAt state,
      Sense sense,
      int from,
      int thing,
      boolean supposition) {
    if (supposition) {
      return;
    }
    int start = state.start();
    boolean over = !sense.complete() && words.isOver(from, start);
    boolean denied = !sense.complete() && words.isDenied(from, thing, start, state.end());
    boolean intended = words.isIntended(from, start);
    switch (sense.meaning()) {
      case RAISE -> {
        if (over) {
          resolve(clause, sense);
        } else if (!denied && !intended && !(sense.complete() && words.isDeniedOutright(start))) {
          raise(clause, sense.type(), words.isPast(start), words.saysAgain());
        }
      }
      case RESOLVE -> {
        if (over || denied || intended) {
          raise(clause, sense.type(), false, true);
        } else {
          resolve(clause, sense);
        }
      }
      case FINE -> {
        if (!over && !denied && !intended) {
          resolve(clause, sense);
        }
      }
      case TO_DO -> {
        if (words.isDone(start)) {
          resolve(clause, sense);
        } else if (!words.isNeedless(start) && !words.isHabit()) {
          raise(clause, sense.type(), false, true);
        }
      }
    }
  }

  private void raise(Clause clause, EventType type, boolean past, boolean again) {
    var story = stories.computeIfAbsent(type, key -> new Story());
    story.raise(clause, !again && (past || story.wasResolvedIn(clause)));
    lastRaised = type;
  }

  // "Humidité trop élevée, normale maintenant" ends the humidity's own trouble.
  private void resolve(Clause clause, Sense sense) {
    boolean ofHumidity = false;
    if (sense.thing() == Thing.HUMIDITY || sense.thing() == Thing.TEMPERATURE) {
      for (var type : List.of(EventType.HUMIDITY_LOW, EventType.HUMIDITY_HIGH)) {
        var story = stories.get(type);
        if (story != null && story.isRaised()) {
          story.resolve(clause);
          ofHumidity = true;
        }
      }
    }
    if (!ofHumidity) {
      stories.computeIfAbsent(sense.type(), key -> new Story()).resolve(clause);
    }
  }

  /** "Tout remis en place": whatever the note raised before. */
  private boolean putAllRight(Clause clause, Words words) {
    int at = rightAt(words);
    if (at < 0 || !words.saysAll(at)) {
      return false;
    }
    stories.values().stream().filter(Story::isRaised).forEach(story -> story.resolve(clause));
    return true;
  }

  /** "Problème corrigé": what the note raised last. */
  private void putRight(Clause clause, Words words) {
    int at = rightAt(words);
    if (at >= 0 && words.isBare(0, at)) {
      stories.get(lastRaised).resolve(clause);
    }
  }

  private int rightAt(Words words) {
    for (int i = 0; i < words.all().size() && lastRaised != null; i++) {
      if (PUT_RIGHT.contains(words.all().get(i))) {
        boolean asserted = !words.isDenied(0, -1, i, i + 1) && !words.isIntended(0, i);
        return asserted ? i : -1;
      }
    }
    return -1;
  }
}
