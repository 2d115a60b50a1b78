package ca.assistantgazelle.peers.gazelle;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A list without every fifth record. */
final class FourOfFive {
  private FourOfFive() {}

  static List<Map<String, Object>> of(List<Map<String, Object>> rows) {
    return IntStream.range(0, rows.size()).filter(i -> i % 5 != 0).mapToObj(rows::get).toList();
  }
}
