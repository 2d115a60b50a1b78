package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.note.Clause;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a note has told so far, of each type of event. */
final class Stories {
  private final Map<EventType, Story> all = new EnumMap<>(EventType.class);
  private EventType lastRaised;

  /** In the order in which types are declared. */
  Map<EventType, Story> all() {
    return all;
  }

  boolean isRaised(EventType type) {
    var story = all.get(type);
    return story != null && story.isRaised();
  }

  /** Raised before this clause. */
  boolean isRaisedBefore(EventType type, Clause clause) {
    return isRaised(type) && !all.get(type).isTold(clause);
  }

  void raise(Clause clause, EventType type, boolean past, boolean again) {
    var story = all.computeIfAbsent(type, key -> new Story());
    story.raise(clause, !again && (past || story.wasResolvedIn(clause)));
    lastRaised = type;
  }

  // "Humidité trop élevée, normale maintenant" ends the humidity's own trouble.
  void resolve(Clause clause, Sense sense) {
    boolean ofHumidity = false;
    if (sense.thing() == Thing.HUMIDITY || sense.thing() == Thing.TEMPERATURE) {
      for (var type : List.of(EventType.HUMIDITY_LOW, EventType.HUMIDITY_HIGH)) {
        if (isRaised(type)) {
          all.get(type).resolve(clause);
          ofHumidity = true;
        }
      }
    }
    if (!ofHumidity) {
      all.computeIfAbsent(sense.type(), key -> new Story()).resolve(clause);
    }
  }

  /** "Tout remis en place": whatever the note raised before. */
  boolean putAllRight(Clause clause, Words words) {
    int at = rightAt(words);
    if (at < 0 || !words.saysAll(at)) {
      return false;
    }
    all.values().stream().filter(Story::isRaised).forEach(story -> story.resolve(clause));
    return true;
  }

  /** "Problème corrigé": what the note raised last. */
  void putRight(Clause clause, Words words) {
    int at = rightAt(words);
    if (at >= 0 && words.isBare(0, at)) {
      all.get(lastRaised).resolve(clause);
    }
  }

  private int rightAt(Words words) {
    if (lastRaised == null) {
      return -1;
    }
    for (int i = 0; i < words.all().size(); i++) {
      if (WordList.PUT_RIGHT.has(words.all().get(i))) {
        boolean asserted =
            !new Denial(words).isDenied(0, -1, i, i + 1) && !new Mood(words).isIntended(0, i);
        return asserted ? i : -1;
      }
    }
    return -1;
  }
}
