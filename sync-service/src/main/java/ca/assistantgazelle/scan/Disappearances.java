package ca.assistantgazelle.scan;

import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.gazelle.MassLossException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that a complete scan did not show. Each is looked up once more before it is marked as
 * deleted; when too many are missing at once, none is touched and the run says so. Absence in a
 * partial or failed read never gets here.
 */
@Singleton
class Disappearances {
  private static final int ALWAYS_PLAUSIBLE = 10;
  private static final double PLAUSIBLE_SHARE = 0.05;

  private final ScanStore store;

  Disappearances(ScanStore store) {
    this.store = store;
  }

  void settle(Entity entity, ScanContext context, Pass pass) throws InterruptedException {
    var loss = store.loss(context.bench().read(), context, entity, pass.number());
    if (loss.missing() == 0) {
      return;
    }
    long unnamed = store.unnamed(context.bench().read(), context, entity);
    if (loss.missing() - unnamed > plausible(loss.expected())) {
      throw new MassLossException(
          new RunError(
              "GAZELLE_MASS_LOSS",
              false,
              loss.missing()
                  + " of "
                  + loss.expected()
                  + " known "
                  + entity.name()
                  + " are missing from Gazelle's answer; none was marked as deleted.",
              "Look in Gazelle whether they were really removed; a key with fewer rights also hides records."));
    }
    if (unnamed > 0) {
      context
          .bench()
          .log()
          .warn(
              "%s: %d missing from the scan, but Gazelle did not say which %d of its records are: none is taken for gone",
              entity.name(), loss.missing(), unnamed);
      return;
    }
    var missing = store.missing(context.bench().read(), context, entity, pass.number());
    lookAgain(entity, context, missing);
  }

  /** So many of those that there are may go at once. */
  static double plausible(long all) {
    return Math.max(ALWAYS_PLAUSIBLE, all * PLAUSIBLE_SHARE);
  }

  private static void lookAgain(Entity entity, ScanContext context, List<String> missing)
      throws InterruptedException {
    var found = entity.lookUp(missing);
    var still = found.stream().map(node -> node.path("id").asText()).collect(Collectors.toSet());
    var gone = missing.stream().filter(id -> !still.contains(id)).toList();
    var batch = entity.prepare(entity.complete(context, found));
    context
        .bench()
        .write(
            transaction -> {
              batch.write(transaction, context);
              entity.markDeleted(transaction, context, gone);
              return null;
            });
    context.tally(entity.name()).add("deleted", gone.size());
    context
        .bench()
        .log()
        .info(
            "%s: %d missing from the scan, %d of them gone for good",
            entity.name(), missing.size(), gone.size());
  }
}
