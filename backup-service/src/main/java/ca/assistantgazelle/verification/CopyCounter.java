package ca.assistantgazelle.verification;

import ca.assistantgazelle.manifest.Contents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Counts what an archive holds, in the text that pg_restore makes of its data. A line break inside
 * a value is written as {@code \n} there, so that a line is a row.
 */
final class CopyCounter {
  private static final Pattern COPY =
      Pattern.compile("COPY (.+?)(?: \\(.*\\)| )? FROM stdin;", Pattern.DOTALL);
  private static final Pattern SETVAL =
      Pattern.compile("SELECT pg_catalog\\.setval\\('((?:[^']|'')+)', (-?\\d+), (true|false)\\);");
  private static final String LARGE_OBJECT = "SELECT pg_catalog.lo_open(";
  private static final int BUFFER = 1 << 16;

  private final Map<String, Long> rows = new HashMap<>();
  private final List<Contents.Sequence> sequences = new ArrayList<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long largeObjects;
  private String header = "";
  private String table;
  private long count;
  private int length;
  private byte first;
  private byte second;

  /** Reads it to its end. */
  static Archived count(InputStream sql) throws IOException {
    var counter = new CopyCounter();
    var buffer = new byte[BUFFER];
    for (int read = sql.read(buffer); read >= 0; read = sql.read(buffer)) {
      counter.take(buffer, read);
    }
    return new Archived(counter.rows, counter.sequences, counter.largeObjects);
  }

  private void take(byte[] buffer, int read) {
    for (int i = 0; i < read; i++) {
      var one = buffer[i];
      if (table == null) {
        if (one == '\n') {
          statement();
        } else {
          line.write(one);
        }
      } else if (one == '\n') {
        row();
      } else {
        if (length == 0) {
          first = one;
        } else if (length == 1) {
          second = one;
        }
        length++;
      }
    }
  }

  private void row() {
    if (length == 2 && first == '\\' && second == '.') {
      rows.merge(table, count, Long::sum);
      table = null;
    } else {
      count++;
    }
    length = 0;
  }

  private void statement() {
    var text = header + line.toString(StandardCharsets.UTF_8);
    line.reset();
    header = "";
    if (text.startsWith("COPY ")) {
      var copy = COPY.matcher(text);
      if (copy.matches()) {
        table = QualifiedName.plain(copy.group(1));
        count = 0;
      } else {
        // A name may hold a line break.
        header = text + "\n";
      }
    } else if (text.startsWith(LARGE_OBJECT)) {
      largeObjects++;
    } else if (text.startsWith("SELECT pg_catalog.setval(")) {
      var setval = SETVAL.matcher(text);
      if (setval.matches()) {
        sequences.add(
            new Contents.Sequence(
                setval.group(1).replace("''", "'"),
                Long.parseLong(setval.group(2)),
                Boolean.parseBoolean(setval.group(3))));
      }
    }
  }
}
