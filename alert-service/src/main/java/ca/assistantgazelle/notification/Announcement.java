package ca.assistantgazelle.notification;

import ca.assistantgazelle.mail.Mode;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** News on its way to people, whatever it is about: claimed, told, noted and judged. */
@Singleton
final class Announcement {
  private final Postman postman;
  private final DatabaseRetry databaseRetry;

  Announcement(Postman postman, DatabaseRetry databaseRetry) {
    this.postman = postman;
    this.databaseRetry = databaseRetry;
  }

  /**
   * Tells what nobody was told of yet, as the mode allows.
   *
   * @param kind of the news: each is told once in each kind
   * @param tally what the job has to say of its run; completed here
   * @param letters writes what is to leave, of the notifications that are ours: their ids by
   *     recipient and appointment
   * @throws JobFailedException unless all of it was surely told
   */
  JobResult of(
      JobContext context,
      String kind,
      List<Item> items,
      Tally tally,
      Function<Map<String, Map<String, UUID>>, List<Letter>> letters)
      throws JobFailedException, InterruptedException {
    tally.detail("alerts_mode", postman.mode().word());
    if (postman.mode() == Mode.OFF) {
      tally.add("computed", items.stream().map(Item::recipient).distinct().count(), items.size());
      context.log().info("alerts are off: nobody is connected to");
      return new JobResult(tally.counts(), tally.details());
    }
    context.write(transaction -> Notifications.markUnclear(transaction, context.trigger()));
    var claimed = claim(context, kind, items);
    long held = held(context, kind, items, claimed, tally);
    if (postman.mode() == Mode.DRY_RUN) {
      simulate(context, claimed, tally);
    } else {
      new Delivery(context, postman, databaseRetry, tally).send(letters.apply(claimed));
    }
    return Verdict.of(
        tally, Notifications.unclear(context.read(), context.trigger()), held + tally.skipped());
  }

  private Map<String, Map<String, UUID>> claim(JobContext context, String kind, List<Item> items) {
    var claimed = new HashMap<String, Map<String, UUID>>();
    context
        .write(
            transaction ->
                Notifications.claim(transaction, context.trigger(), kind, items, postman.mode()))
        .forEach(
            one ->
                claimed
                    .computeIfAbsent(one.recipient(), key -> new HashMap<>())
                    .put(one.appointmentId(), one.id()));
    return claimed;
  }

  /** How many of them another run is about to tell. */
  private static long held(
      JobContext context,
      String kind,
      List<Item> items,
      Map<String, Map<String, UUID>> claimed,
      Tally tally) {
    var statuses = Notifications.statuses(context.read(), kind, items);
    tally.detail("told_before", statuses.getOrDefault("SENT", 0L));
    tally.detail("unclear_before", statuses.getOrDefault("AMBIGUOUS", 0L));
    long ours = claimed.values().stream().mapToLong(Map::size).sum();
    return statuses.getOrDefault("CLAIMED", 0L) + statuses.getOrDefault("SENDING", 0L) - ours;
  }

  private static void simulate(
      JobContext context, Map<String, Map<String, UUID>> claimed, Tally tally) {
    var ids = claimed.values().stream().flatMap(ours -> ours.values().stream()).toList();
    context.write(
        transaction -> {
          Notifications.simulated(transaction, ids);
          return null;
        });
    tally.add("simulated", claimed.size(), ids.size());
  }
}
