package ca.assistantgazelle.notes.maintenance;

import ca.assistantgazelle.notes.note.NoteClause;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The events found in a note so far, by type. */
final class MaintenanceEventBuilders {
    private final Map<MaintenanceEventType, MaintenanceEventBuilder> byType = new EnumMap<>(MaintenanceEventType.class);
    private MaintenanceEventType lastRaised;

    /** In declaration order of the types. */
    Map<MaintenanceEventType, MaintenanceEventBuilder> byType() {
        return byType;
    }

    boolean isRaised(MaintenanceEventType type) {
        var story = byType.get(type);
        return story != null && story.isRaised();
    }

    /** Whether the event was raised before this clause. */
    boolean isRaisedBefore(MaintenanceEventType type, NoteClause clause) {
        return isRaised(type) && !byType.get(type).mentions(clause);
    }

    void raise(NoteClause clause, MaintenanceEventType type, boolean past, boolean again) {
        var story = byType.computeIfAbsent(type, key -> new MaintenanceEventBuilder());
        story.raise(clause, !again && (past || story.wasResolvedIn(clause)));
        lastRaised = type;
    }

    // "Humidité trop élevée, normale maintenant" resolves the humidity event.
    void resolve(NoteClause clause, PhraseMeaning sense) {
        boolean ofHumidity = false;
        if (sense.subject() == NoteSubject.HUMIDITY || sense.subject() == NoteSubject.TEMPERATURE) {
            for (var type : List.of(MaintenanceEventType.HUMIDITY_LOW, MaintenanceEventType.HUMIDITY_HIGH)) {
                if (isRaised(type)) {
                    byType.get(type).resolve(clause);
                    ofHumidity = true;
                }
            }
        }
        if (!ofHumidity) {
            byType.computeIfAbsent(sense.type(), key -> new MaintenanceEventBuilder())
                    .resolve(clause);
        }
    }

    /** "Tout remis en place": resolves every event raised before in the note. */
    boolean resolveAll(NoteClause clause, ClauseWords words) {
        int at = resolutionIndex(words);
        if (at < 0 || !words.containsAllWord(at)) {
            return false;
        }
        byType.values().stream().filter(MaintenanceEventBuilder::isRaised).forEach(story -> story.resolve(clause));
        return true;
    }

    /** "Problème corrigé": resolves the event raised last in the note. */
    void resolveLast(NoteClause clause, ClauseWords words) {
        int at = resolutionIndex(words);
        if (at >= 0 && words.hasOnlyFillers(0, at)) {
            byType.get(lastRaised).resolve(clause);
        }
    }

    private int resolutionIndex(ClauseWords words) {
        if (lastRaised == null) {
            return -1;
        }
        for (int i = 0; i < words.all().size(); i++) {
            if (NoteWordList.RESOLUTION_WORDS.contains(words.all().get(i))) {
                boolean asserted = !new ClauseNegation(words).isNegated(0, -1, i, i + 1)
                        && !new ClauseModality(words).isIntended(0, i);
                return asserted ? i : -1;
            }
        }
        return -1;
    }
}
