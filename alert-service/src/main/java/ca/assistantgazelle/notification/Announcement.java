package ca.assistantgazelle.notification;

import ca.assistantgazelle.mail.Mode;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.sql.Patience;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.Workbench;
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
  private final Patience patience;

  Announcement(Postman postman, Patience patience) {
    this.postman = postman;
    this.patience = patience;
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
      Workbench bench,
      String kind,
      List<Item> items,
      Tally tally,
      Function<Map<String, Map<String, UUID>>, List<Letter>> letters)
      throws JobFailedException, InterruptedException {
    tally.detail("alerts_mode", postman.mode().word());
    if (postman.mode() == Mode.OFF) {
      tally.add("computed", items.stream().map(Item::recipient).distinct().count(), items.size());
      bench.log().info("alerts are off: nobody is connected to");
      return new JobResult(tally.counts(), tally.details());
    }
    bench.write(transaction -> Notifications.markUnclear(transaction, bench.trigger()));
    var claimed = claim(bench, kind, items);
    long held = held(bench, kind, items, claimed, tally);
    if (postman.mode() == Mode.DRY_RUN) {
      simulate(bench, claimed, tally);
    } else {
      new Delivery(bench, postman, patience, tally).send(letters.apply(claimed));
    }
    return Verdict.of(
        tally, Notifications.unclear(bench.read(), bench.trigger()), held + tally.skipped());
  }

  private Map<String, Map<String, UUID>> claim(Workbench bench, String kind, List<Item> items) {
    var claimed = new HashMap<String, Map<String, UUID>>();
    bench
        .write(
            transaction ->
                Notifications.claim(transaction, bench.trigger(), kind, items, postman.mode()))
        .forEach(
            one ->
                claimed
                    .computeIfAbsent(one.recipient(), key -> new HashMap<>())
                    .put(one.appointmentId(), one.id()));
    return claimed;
  }

  /** How many of them another run is about to tell. */
  private static long held(
      Workbench bench,
      String kind,
      List<Item> items,
      Map<String, Map<String, UUID>> claimed,
      Tally tally) {
    var statuses = Notifications.statuses(bench.read(), kind, items);
    tally.detail("told_before", statuses.getOrDefault("SENT", 0L));
    tally.detail("unclear_before", statuses.getOrDefault("AMBIGUOUS", 0L));
    long ours = claimed.values().stream().mapToLong(Map::size).sum();
    return statuses.getOrDefault("CLAIMED", 0L) + statuses.getOrDefault("SENDING", 0L) - ours;
  }

  private static void simulate(
      Workbench bench, Map<String, Map<String, UUID>> claimed, Tally tally) {
    var ids = claimed.values().stream().flatMap(ours -> ours.values().stream()).toList();
    bench.write(
        transaction -> {
          Notifications.simulated(transaction, ids);
          return null;
        });
    tally.add("simulated", claimed.size(), ids.size());
  }
}
