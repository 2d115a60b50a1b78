package ca.assistantgazelle.publication;

/** Rows of a tab, compared with what was published before. */
record Changes(long added, long updated, long removed, long total) {
  static final Changes NONE = new Changes(0, 0, 0, 0);
}
