package ca.assistantgazelle.sync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.sync.gazelle.GazellePage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagePrefetcherTest {
    @Test
    void pagesAreReturnedInOrderUntilTheLast() throws Exception {
        var cursors = new ArrayList<String>();
        try (var pages = new PagePrefetcher(
                "test",
                cursor -> {
                    cursors.add(cursor);
                    return page(cursor == null ? "a" : cursor.equals("a") ? "b" : null);
                },
                null)) {
            assertThat(pages.next().nextCursor()).isEqualTo("a");
            assertThat(pages.next().nextCursor()).isEqualTo("b");
            assertThat(pages.next().nextCursor()).isNull();
            assertThat(pages.next()).isNull();
        }
        assertThat(cursors).containsExactly(null, "a", "b");
    }

    @Test
    void readErrorsArePropagatedToTheConsumer() throws Exception {
        try (var pages = new PagePrefetcher(
                "test",
                cursor -> {
                    throw new OutOfMemoryError("of pages");
                },
                null)) {
            assertThatThrownBy(pages::next).isInstanceOf(OutOfMemoryError.class);
        }
    }

    private static GazellePage page(String next) {
        return new GazellePage(List.of(), 0, next);
    }
}
