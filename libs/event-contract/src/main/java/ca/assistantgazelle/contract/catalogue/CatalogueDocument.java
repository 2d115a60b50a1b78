package ca.assistantgazelle.contract.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * The content of the file.
 *
 * @param calendars days without runs, by a name that jobs refer to
 */
record CatalogueDocument(
        String zone,
        Map<String, SortedSet<LocalDate>> calendars,
        Map<String, ObjectNode> jobs,
        Map<String, Map<String, ObjectNode>> environments) {
    CatalogueDocument {
        calendars = calendars == null ? Map.of() : calendars;
        environments = environments == null ? new LinkedHashMap<>() : new LinkedHashMap<>(environments);
        environments.replaceAll((name, overlay) -> overlay == null ? Map.of() : overlay);
    }
}
