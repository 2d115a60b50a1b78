package ca.assistantgazelle.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.gazelle.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesAheadTest {
  @Test
  void pagesComeInTheirOrderUntilTheLast() throws Exception {
    var cursors = new ArrayList<String>();
    try (var pages =
        new PagesAhead(
            "test",
            cursor -> {
              cursors.add(cursor);
              return page(cursor == null ? "a" : cursor.equals("a") ? "b" : null);
            },
            null)) {
      assertThat(pages.next().next()).isEqualTo("a");
      assertThat(pages.next().next()).isEqualTo("b");
      assertThat(pages.next().next()).isNull();
      assertThat(pages.next()).isNull();
    }
    assertThat(cursors).containsExactly(null, "a", "b");
  }

  @Test
  void whateverReadingAPageThrowsReachesTheOneWhoWaits() throws Exception {
    try (var pages =
        new PagesAhead(
            "test",
            cursor -> {
              throw new OutOfMemoryError("of pages");
            },
            null)) {
      assertThatThrownBy(pages::next).isInstanceOf(OutOfMemoryError.class);
    }
  }

  private static Page page(String next) {
    return new Page(List.of(), 0, next);
  }
}
