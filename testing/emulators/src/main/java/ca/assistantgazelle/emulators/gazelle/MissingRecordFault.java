package ca.assistantgazelle.emulators.gazelle;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Removes every fifth record from a list. */
final class MissingRecordFault {
    private MissingRecordFault() {}

    static List<Map<String, Object>> withoutEveryFifth(List<Map<String, Object>> rows) {
        return IntStream.range(0, rows.size())
                .filter(i -> i % 5 != 0)
                .mapToObj(rows::get)
                .toList();
    }
}
