package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.maintenance.ClauseParse.StateAt;
import ca.assistantgazelle.maintenance.ClauseParse.ThingAt;
import java.util.List;

/**
 * What a state speaks of.
 *
 * @param thing null when nothing near it fits
 * @param sense null when the thing is none of our business, or when nothing near it fits
 */
record Spoken(ThingAt thing, Sense sense) {
  static final Spoken OF_NOTHING_NEAR = new Spoken(null, null);

  /** By the things near it. */
  static Spoken of(ClauseParse parse, StateAt state) {
    var around = parse.around(state);
    ThingAt foreign = null;
    for (var near : around) {
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
    boolean nearest = foreign != null && around.getFirst().equals(foreign);
    return nearest || (foreign != null && find(state.senses(), null) == null)
        ? new Spoken(foreign, null)
        : OF_NOTHING_NEAR;
  }

  boolean isForeign() {
    return thing != null && sense == null;
  }

  private static Sense meant(List<Sense> senses, Thing thing) {
    for (var sense : senses) {
      if (sense.thing() == null && thing.means(sense.type())) {
        return sense;
      }
    }
    return null;
  }

  /**
   * The sense that speaks of just this thing, or of itself when it is null; null when none does.
   */
  static Sense find(List<Sense> senses, Thing thing) {
    for (var sense : senses) {
      if (sense.thing() == thing) {
        return sense;
      }
    }
    return null;
  }
}
