package ca.assistantgazelle.publication;

import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.sheet.Content;
import ca.assistantgazelle.sheet.Sheet;
import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.sheet.Tab;
import ca.assistantgazelle.timeline.Columns;
import ca.assistantgazelle.timeline.Report;
import ca.assistantgazelle.workshop.Workbench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Brings a sheet to what the report says, tab by tab: one that fails leaves the others intact, and
 * counts as done only when it was read back.
 */
final class Publisher {
  private final Workbench bench;
  private final Sheet sheet;
  private final Ledger ledger;
  private final boolean rewrite;
  private final boolean force;
  private final Map<String, TabOutcome> outcomes = new LinkedHashMap<>();

  /**
   * @param rewrite writes every tab, also one that is as it should be
   * @param force also when a tab shrinks a lot
   */
  Publisher(Workbench bench, Sheet sheet, boolean rewrite, boolean force) {
    this.bench = bench;
    this.sheet = sheet;
    this.ledger = new Ledger(sheet.id(), bench.trigger().runId());
    this.rewrite = rewrite;
    this.force = force;
  }

  Map<String, TabOutcome> publish(Report report) throws InterruptedException {
    var plans = plans(report);
    var written = new LinkedHashMap<Plan, Integer>();
    for (var plan : plans) {
      var number = bring(plan);
      if (number != null) {
        written.put(plan, number);
      }
      tell();
    }
    verify(written);
    sheet.tidy();
    return outcomes;
  }

  private List<Plan> plans(Report report) throws InterruptedException {
    var published = ledger.tabs(bench.read());
    var there = sheet.tabs();
    var located = new LinkedHashMap<String, Tab>();
    report
        .tabs()
        .keySet()
        .forEach(
            title ->
                located.put(
                    title, locate(there, report.tabs().keySet(), title, published.get(title))));
    var contents = sheet.read(located.values().stream().filter(Objects::nonNull).toList());
    var plans = new ArrayList<Plan>();
    report
        .tabs()
        .forEach(
            (title, rows) -> {
              var tab = located.get(title);
              var found = tab == null ? Content.EMPTY : contents.get(tab.title());
              plans.add(new Plan(title, tab, found, published.get(title), rows));
            });
    return plans;
  }

  // By its name; else by the number it had when we wrote it, unless another of our names is on it.
  private static Tab locate(List<Tab> there, Set<String> ours, String title, Published published) {
    var exact = there.stream().filter(tab -> tab.title().equals(title)).findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    var free = there.stream().filter(tab -> !ours.contains(tab.title())).toList();
    return free.stream()
        .filter(tab -> tab.title().equalsIgnoreCase(title))
        .findFirst()
        .or(() -> free.stream().filter(tab -> isTheOne(tab, published)).findFirst())
        .orElse(null);
  }

  private static boolean isTheOne(Tab tab, Published published) {
    return published != null
        && published.number() != null
        && tab.number() != Tab.NO_NUMBER
        && published.number() == tab.number();
  }

  /** Null when nothing was written. */
  private Integer bring(Plan plan) throws InterruptedException {
    var wanted = plan.wanted();
    boolean right = plan.isAsWanted(wanted);
    if (right && !rewrite) {
      settle(plan, plan.tab().number(), wanted, plan.found(), "unchanged");
      return null;
    }
    var refusal =
        force || right
            ? null
            : ShrinkGuard.refuses(plan.rowsBefore(), plan.rows().size()).orElse(null);
    if (refusal != null) {
      fail(plan, refusal);
      return null;
    }
    try {
      return sheet.write(plan.tab(), plan.title(), wanted, plan.columns());
    } catch (SheetException e) {
      fail(plan, e.error());
      return null;
    }
  }

  private void verify(Map<Plan, Integer> written) throws InterruptedException {
    var contents = readBack(written);
    for (var plan : written.keySet()) {
      var found = contents.getOrDefault(plan.title(), Content.EMPTY);
      var ours = found.columns(Columns.NAMES.size());
      var wanted = plan.wanted();
      if (ours.reads(wanted)) {
        settle(plan, written.get(plan), wanted, found, what(plan));
      } else {
        fail(plan, unlike(ours, wanted));
      }
    }
  }

  // In one call; when somebody renamed or deleted a tab meanwhile, one by one.
  private Map<String, Content> readBack(Map<Plan, Integer> written) throws InterruptedException {
    var tabs = new ArrayList<Tab>();
    written.forEach((plan, number) -> tabs.add(Tab.named(number, plan.title())));
    try {
      return sheet.read(tabs);
    } catch (SheetException e) {
      var contents = new LinkedHashMap<String, Content>();
      for (var tab : tabs) {
        try {
          contents.putAll(sheet.read(List.of(tab)));
        } catch (SheetException alone) {
          bench.log().warn("%s could not be read back: %s", tab.title(), alone.getMessage());
        }
      }
      return contents;
    }
  }

  private static RunError unlike(Content found, Content wanted) {
    return new RunError(
        "REPORT_READ_BACK",
        true,
        "Read back, it holds "
            + found.size()
            + " rows instead of "
            + wanted.size()
            + ", or other texts.",
        "Somebody may have edited it at the same moment; the next attempt writes it again.");
  }

  private static String what(Plan plan) {
    if (plan.tab() == null) {
      return "created";
    }
    return plan.isRenamed() ? "written, its name restored" : "written";
  }

  private void settle(Plan plan, int number, Content wanted, Content found, String what) {
    var changes = ledger.changes(bench.read(), plan.title(), plan.rows());
    var ours = found.columns(Columns.NAMES.size());
    bench.write(
        transaction -> {
          ledger.published(
              transaction, plan.title(), number, plan.rows(), wanted.hash(), ours.hash());
          return null;
        });
    outcomes.put(plan.title(), new TabOutcome(changes, what, null));
    bench.log().info("%s: %s, %s", plan.title(), what, changes);
  }

  private void fail(Plan plan, RunError error) {
    outcomes.put(plan.title(), new TabOutcome(Changes.NONE, "failed", error));
    bench.log().warn("%s: %s: %s", plan.title(), error.errorClass(), error.message());
  }

  private void tell() {
    var counts = new LinkedHashMap<String, Map<String, Long>>();
    outcomes.forEach((tab, outcome) -> counts.put(tab, outcome.counts()));
    bench.progress(counts, Map.of("calls", sheet.calls()));
  }
}
