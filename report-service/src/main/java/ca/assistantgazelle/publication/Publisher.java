package ca.assistantgazelle.publication;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.sheet.Content;
import ca.assistantgazelle.sheet.Sheet;
import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.sheet.Tab;
import ca.assistantgazelle.timeline.Columns;
import ca.assistantgazelle.timeline.Report;
import ca.assistantgazelle.worker.execution.JobContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a sheet to what the report says, tab by tab: one that fails leaves the others intact, and
 * counts as done only when it was read back.
 */
final class Publisher {
  /** A tab that was written and is not read back yet. */
  private record Written(Plan plan, Content wanted, int number) {
    Tab tab() {
      return Tab.named(number, plan.title());
    }
  }

  private final JobContext context;
  private final Sheet sheet;
  private final Ledger ledger;
  private final boolean rewrite;
  private final boolean force;
  private final Map<String, TabOutcome> outcomes = new LinkedHashMap<>();

  /**
   * @param rewrite writes every tab, also one that is as it should be
   * @param force also when a tab shrinks a lot
   */
  Publisher(JobContext context, Sheet sheet, boolean rewrite, boolean force) {
    this.context = context;
    this.sheet = sheet;
    this.ledger = new Ledger(sheet.id(), context.trigger().runId());
    this.rewrite = rewrite;
    this.force = force;
  }

  Map<String, TabOutcome> publish(Report report) throws InterruptedException {
    var written = new ArrayList<Written>();
    for (var plan : plans(report)) {
      bring(plan).ifPresent(written::add);
    }
    verify(written);
    tidy();
    return outcomes;
  }

  // What was published stays so; the next run tidies again.
  private void tidy() throws InterruptedException {
    try {
      sheet.tidy();
    } catch (SheetException e) {
      context.log().warn("what is left of an earlier write stays: %s", e.getMessage());
    }
  }

  private List<Plan> plans(Report report) throws InterruptedException {
    var published = ledger.tabs(context.read());
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

  /** Empty when nothing was written. */
  private Optional<Written> bring(Plan plan) throws InterruptedException {
    var wanted = plan.wanted();
    boolean right = plan.isAsWanted(wanted);
    if (right && !rewrite) {
      settle(new Written(plan, wanted, plan.tab().number()), plan.found(), "unchanged");
      return Optional.empty();
    }
    var refusal =
        force || right
            ? Optional.<RunError>empty()
            : ShrinkGuard.refuses(plan.rowsBefore(), plan.rows().size());
    if (refusal.isPresent()) {
      fail(plan, refusal.get());
      return Optional.empty();
    }
    try {
      var number = sheet.write(plan.tab(), plan.title(), wanted, plan.columns());
      return Optional.of(new Written(plan, wanted, number));
    } catch (SheetException e) {
      fail(plan, e.error());
      return Optional.empty();
    }
  }

  // In one call; when somebody renamed or deleted a tab meanwhile, one by one.
  private void verify(List<Written> written) throws InterruptedException {
    try {
      var contents = sheet.read(written.stream().map(Written::tab).toList());
      written.forEach(one -> judge(one, contents.get(one.plan().title())));
    } catch (SheetException e) {
      for (var one : written) {
        try {
          judge(one, sheet.read(List.of(one.tab())).get(one.plan().title()));
        } catch (SheetException alone) {
          fail(one.plan(), alone.error());
        }
      }
    }
  }

  private void judge(Written written, Content read) {
    var found = read == null ? Content.EMPTY : read;
    var ours = found.columns(Columns.NAMES.size());
    if (ours.reads(written.wanted())) {
      settle(written, found, what(written.plan()));
    } else {
      fail(written.plan(), unlike(ours, written.wanted()));
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

  private void settle(Written written, Content found, String what) {
    var plan = written.plan();
    var now =
        new Published(
            plan.title(),
            written.number(),
            plan.rows().size(),
            written.wanted().hash(),
            found.columns(Columns.NAMES.size()).hash());
    var changes =
        now.equals(plan.published())
            ? Changes.none(plan.rows().size())
            : context.write(transaction -> ledger.published(transaction, now, plan.rows()));
    outcomes.put(plan.title(), new TabOutcome(changes, what, null));
    context.log().info("%s: %s, %s", plan.title(), what, changes);
    tell();
  }

  private void fail(Plan plan, RunError error) {
    outcomes.put(plan.title(), new TabOutcome(Changes.none(0), "failed", error));
    context.log().warn("%s: %s: %s", plan.title(), error.errorClass(), error.message());
    tell();
  }

  private void tell() {
    var counts = new LinkedHashMap<String, Map<String, Long>>();
    outcomes.forEach((tab, outcome) -> counts.put(tab, outcome.counts()));
    context.reportProgress(counts, Map.of("calls", sheet.calls()));
  }
}
