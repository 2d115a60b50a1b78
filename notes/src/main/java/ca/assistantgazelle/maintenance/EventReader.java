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
    boolean said = false;
    for (var state : parse.states()) {
      boolean hypothetical = supposition >= 0 && supposition < state.start();
      said |= understand(clause, parse, state, from, hypothetical);
      from = state.end();
    }
    if (!said) {
      putRight(clause, parse);
    }
    if (!parse.things().isEmpty()) {
      carried = parse.things().getLast().thing();
    }
    supposed = supposition == 0;
  }

  private boolean understand(
      Clause clause, ClauseParse parse, StateAt state, int from, boolean supposition) {
    ThingAt thing = null;
    Sense sense = null;
    for (var near : parse.around(state)) {
      sense = find(state.senses(), near.thing());
      if (sense != null) {
        thing = near;
        break;
      }
      if (near.thing() == Thing.FOREIGN) {
        return false;
      }
    }
    if (sense == null) {
      sense = find(state.senses(), null);
    }
    if (sense == null && carried != null && parse.words().isBare(0, state.start())) {
      sense = find(state.senses(), carried);
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
        } else if (!denied && !intended && !(sense.complete() && words.is(start - 1, "jamais"))) {
          raise(clause, sense.type(), words.isPast(start), words.saysAgain(0, start));
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
        } else if (!supposed && !words.isNeedless(start)) {
          raise(clause, sense.type(), false, true);
        }
      }
    }
  }

  private void raise(Clause clause, EventType type, boolean past, boolean again) {
    var story = stories.computeIfAbsent(type, key -> new Story());
    story.raise(clause, past || (story.wasResolvedIn(clause) && !again));
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

  /** "Tout remis en place", "problème corrigé": what the note raised before. */
  private void putRight(Clause clause, ClauseParse parse) {
    var words = parse.words();
    for (int i = 0; i < words.all().size(); i++) {
      if (!PUT_RIGHT.contains(words.all().get(i)) || lastRaised == null) {
        continue;
      }
      if (words.isDenied(0, -1, i, i + 1) || words.isIntended(0, i)) {
        return;
      }
      if (words.saysAll(i)) {
        stories.values().stream().filter(Story::isRaised).forEach(story -> story.resolve(clause));
      } else if (words.isBare(0, i)) {
        stories.get(lastRaised).resolve(clause);
      }
      return;
    }
  }
}
