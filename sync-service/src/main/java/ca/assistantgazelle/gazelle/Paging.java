package ca.assistantgazelle.gazelle;

/** Follows a list from page to page and notices when its pages would never end. */
public final class Paging {
  /** People add records while we read, but not as many as there are. */
  private static final int GROWTH = 1_000;

  private static final int EMPTY_PAGES = 10;

  private long read;
  private int empty;

  /**
   * @param records on the page
   * @param total what Gazelle says there is in all
   * @throws GazelleException when more was read than there can be, or nothing for many pages
   */
  public void read(int records, int total) {
    read += records;
    empty = records == 0 ? empty + 1 : 0;
    if (read > 2L * total + GROWTH || empty > EMPTY_PAGES) {
      throw GazelleException.endless(read, total);
    }
  }
}
