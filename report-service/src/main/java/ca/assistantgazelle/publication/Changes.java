package ca.assistantgazelle.publication;

/** Rows of a tab, compared with what was published before. */
record Changes(long added, long updated, long removed, long total) {
  /** As many as before, all of them as before. */
  static Changes none(long total) {
    return new Changes(0, 0, 0, total);
  }
}
