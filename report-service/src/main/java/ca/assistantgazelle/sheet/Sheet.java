package ca.assistantgazelle.sheet;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where the report is published: a Google spreadsheet, or a file. One run uses it, from one thread.
 *
 * <p>Every call may throw {@link SheetException}, and {@link InterruptedException} when told to
 * stop.
 */
public interface Sheet {
  /** Names it in the ledger. */
  String id();

  /** The tabs that are there. Never creates anything. */
  List<Tab> tabs() throws InterruptedException;

  /** What stands in these tabs, by title. */
  Map<String, Content> read(Collection<Tab> tabs) throws InterruptedException;

  /**
   * Makes a tab hold exactly this, all of it or nothing: its readers never see half. Formulas are
   * never made of texts.
   *
   * @param tab the one that is there; null = a new one is made
   * @param title that it bears afterwards
   * @param columns of the grid afterwards, at least
   * @return the tab's number
   */
  int write(Tab tab, String title, Content content, int columns) throws InterruptedException;

  /** Removes what an earlier run left behind when it was cut off. */
  void tidy() throws InterruptedException;

  /** Calls to the outside so far, repeated ones included. */
  int calls();
}
