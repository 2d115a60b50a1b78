package ca.assistantgazelle.sync.scan;

import ca.assistantgazelle.sync.gazelle.GazellePage;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads an entity's pages sequentially, a bounded number ahead of storing them. They cannot be read in parallel, as
 * each page's cursor is only known from the previous page.
 */
final class PagePrefetcher implements AutoCloseable {
    /** Enough to read all pianos while clients are being stored; about 10 MB of pages. */
    private static final int MAX_PREFETCHED = 50;

    /** Fetches the page after a cursor; the first page for null. */
    interface PageSource {
        GazellePage pageAfter(String cursor) throws InterruptedException;
    }

    private sealed interface PrefetchResult {
        record FetchedPage(GazellePage page) implements PrefetchResult {}

        record FetchFailure(Throwable failure) implements PrefetchResult {}
    }

    private final BlockingQueue<PrefetchResult> results = new ArrayBlockingQueue<>(MAX_PREFETCHED);
    private final Thread reader;
    private boolean ended;

    PagePrefetcher(String name, PageSource source, String cursor) {
        this.reader = Thread.ofVirtual().name("pages of " + name).start(() -> read(source, cursor));
    }

    /**
     * The next page; null after the last one.
     *
     * @throws RuntimeException that reading the page threw
     */
    GazellePage next() throws InterruptedException {
        if (ended) {
            return null;
        }
        return switch (results.take()) {
            case PrefetchResult.FetchedPage arrived -> {
                ended = arrived.page().nextCursor() == null;
                yield arrived.page();
            }
            case PrefetchResult.FetchFailure failed -> {
                switch (failed.failure()) {
                    case RuntimeException failure -> throw failure;
                    case Error failure -> throw failure;
                    default -> throw new IllegalStateException(failed.failure());
                }
            }
        };
    }

    /** Stops reading further pages. */
    @Override
    public void close() {
        reader.interrupt();
    }

    private void read(PageSource source, String from) {
        try {
            var cursor = from;
            do {
                var page = fetch(source, cursor);
                results.put(page);
                cursor = page instanceof PrefetchResult.FetchedPage arrived
                        ? arrived.page().nextCursor()
                        : null;
            } while (cursor != null);
        } catch (InterruptedException e) {
            // Only close() interrupts, and no page is taken after it.
            Thread.currentThread().interrupt();
        }
    }

    private static PrefetchResult fetch(PageSource source, String cursor) throws InterruptedException {
        try {
            return new PrefetchResult.FetchedPage(source.pageAfter(cursor));
        } catch (RuntimeException | Error e) {
            return new PrefetchResult.FetchFailure(e);
        }
    }
}
