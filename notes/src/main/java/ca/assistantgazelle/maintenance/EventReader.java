package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.maintenance.ClauseParse.StateAt;
import ca.assistantgazelle.maintenance.ClauseParse.ThingAt;
import ca.assistantgazelle.note.Clause;
import ca.assistantgazelle.note.NoteText;
import java.util.Map;

/**
 * Follows a note clause by clause: what is said of which thing. Source: reference/report-alerts.md
 * §3.4.
 */
final class EventReader {
  private final Stories stories = new Stories();
  private Thing carried;
  private boolean supposed;

  private EventReader() {}

  /** By type, in the order of their declaration. */
  static Map<EventType, Story> read(NoteText note) {
    var reader = new EventReader();
    note.clauses().forEach(reader::read);
    return reader.stories.all();
  }

  private void read(Clause clause) {
    var parse = ClauseParse.of(clause.plain());
    int supposition = new Mood(parse.words()).supposition();
    int from = 0;
    boolean open = supposed || clause.isQuestion() || supposition >= 0;
    boolean said = !open && stories.putAllRight(clause, parse.words());
    for (var state : parse.states()) {
      boolean hypothetical =
          supposed || clause.isQuestion() || (supposition >= 0 && supposition < state.start());
      said |= understand(clause, parse, state, from, hypothetical);
      from = state.end();
    }
    if (!said && !open) {
      stories.putRight(clause, parse.words());
    }
    parse.things().stream()
        .map(ThingAt::thing)
        .filter(thing -> thing != Thing.PIANO && thing != Thing.ROOM)
        .reduce((first, last) -> last)
        .ifPresent(thing -> carried = thing);
    supposed = supposition == 0;
  }

  /** True when it makes sense, be it supposed. */
  private boolean understand(
      Clause clause, ClauseParse parse, StateAt state, int from, boolean hypothetical) {
    var spoken = Spoken.of(parse, state);
    if (spoken.isForeign()) {
      return false;
    }
    var sense = spoken.sense() == null ? unnamed(clause, parse, state, from) : spoken.sense();
    if (sense == null) {
      return false;
    }
    if (!hypothetical) {
      var thing = spoken.thing();
      boolean before = thing != null && thing.at() < state.start();
      int since = before ? Math.max(from, thing.at() + 1) : from;
      int at = thing == null ? -1 : thing.start();
      new Assertion(clause, parse.words(), state, sense, since, at).tell(stories);
    }
    return true;
  }

  /**
   * "Rempli", "rebranché": what it speaks of stands in an earlier clause, or in the word itself.
   */
  private Sense unnamed(Clause clause, ClauseParse parse, StateAt state, int from) {
    boolean bare = parse.words().isBare(from, state.start());
    var self = Spoken.find(state.senses(), null);
    if (self != null) {
      boolean foreign = bare && carried == Thing.FOREIGN && !stories.isRaised(self.type());
      return foreign ? null : self;
    }
    if (!bare) {
      return null;
    }
    for (var sense : state.senses()) {
      if (sense.meaning() == Meaning.RESOLVE
          && stories.isRaisedBefore(sense.type(), clause)
          && carried != Thing.FOREIGN) {
        return sense;
      }
    }
    return carried == null ? null : Spoken.find(state.senses(), carried);
  }
}
