package ca.assistantgazelle.sheet.google;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts rows into parts that fit into one request each. Google recommends 2 MB; what is sent is
 * compressed to a fraction of this.
 */
final class Chunks {
  static final int LARGEST = 3_000_000;

  /** What a cell needs beside its text, and a row beside its cells. */
  private static final int CELL = 45;

  private Chunks() {}

  static List<List<List<String>>> of(List<List<String>> rows, int largest) {
    var chunks = new ArrayList<List<List<String>>>();
    var chunk = new ArrayList<List<String>>();
    int size = 0;
    for (var row : rows) {
      int more = size(row);
      if (!chunk.isEmpty() && size + more > largest) {
        chunks.add(List.copyOf(chunk));
        chunk.clear();
        size = 0;
      }
      chunk.add(row);
      size += more;
    }
    chunks.add(List.copyOf(chunk));
    return chunks;
  }

  private static int size(List<String> row) {
    int size = CELL;
    for (var cell : row) {
      size += cell.isEmpty() ? 3 : CELL + cell.getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }
}
