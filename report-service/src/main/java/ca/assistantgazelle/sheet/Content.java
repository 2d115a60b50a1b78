package ca.assistantgazelle.sheet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The cells of a tab as texts, header first. Empty rows at the end, and empty cells at the ends of
 * rows, do not count.
 */
public record Content(List<List<String>> rows) {
  private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{C}]+");

  public static final Content EMPTY = new Content(List.of());

  public Content {
    rows = tidy(rows);
  }

  private static List<List<String>> tidy(List<List<String>> rows) {
    var tidy = new ArrayList<List<String>>(rows.size());
    for (var row : rows) {
      int end = row.size();
      while (end > 0 && row.get(end - 1).isEmpty()) {
        end--;
      }
      tidy.add(List.copyOf(row.subList(0, end)));
    }
    while (!tidy.isEmpty() && tidy.getLast().isEmpty()) {
      tidy.removeLast();
    }
    return Collections.unmodifiableList(tidy);
  }

  /** Empty when there is none. */
  public List<String> header() {
    return rows.isEmpty() ? List.of() : rows.getFirst();
  }

  /** Rows below the header. */
  public int size() {
    return Math.max(0, rows.size() - 1);
  }

  /** Only the columns that are ours; people may keep others beside them. */
  public Content columns(int count) {
    return new Content(
        rows.stream().map(row -> row.subList(0, Math.min(count, row.size()))).toList());
  }

  /** Where the last used column ends. */
  public int width() {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  /** The same for the same cells; hexadecimal. */
  public String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var row : rows) {
        for (var cell : row) {
          digest.update(cell.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0x1f);
        }
        digest.update((byte) 0x1e);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The same but for blanks and control characters, which a sheet may keep in its own way (line
   * ends, no-break spaces).
   */
  public boolean reads(Content other) {
    return visible().equals(other.visible());
  }

  private List<List<String>> visible() {
    return new Content(
            rows.stream()
                .map(row -> row.stream().map(cell -> BLANKS.matcher(cell).replaceAll("")).toList())
                .toList())
        .rows();
  }
}
