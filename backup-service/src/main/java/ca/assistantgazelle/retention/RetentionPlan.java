package ca.assistantgazelle.retention;

import ca.assistantgazelle.archive.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which backups of one destination go, and why the others stay. Pure. Source: backup.md §4.6.
 *
 * @param keep reasons by id, newest first
 * @param remove ids, newest first
 * @param fuse why the plan must not be carried out without a person's word; null = it may
 * @param hash changes with the plan and with what it was made from
 */
public record RetentionPlan(
    Map<String, List<String>> keep, List<String> remove, String fuse, String hash) {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
  private static final double LARGEST_SHARE = 0.2;
  private static final int LARGEST_NUMBER = 3;
  private static final int HASH = 12;

  /**
   * @param backups in any order
   */
  public static RetentionPlan of(List<Candidate> backups, RetentionPolicy policy, Instant now) {
    var newestFirst =
        backups.stream()
            .sorted(
                Comparator.comparing(Candidate::takenAt).thenComparing(Candidate::id).reversed())
            .toList();
    var keep = new LinkedHashMap<String, List<String>>();
    newestFirst.forEach(one -> keep.put(one.id(), new ArrayList<>()));
    var present = newestFirst.stream().filter(one -> one.sound() && !isFuture(one, now)).toList();
    always(newestFirst, present, policy, now, keep);
    buckets(present, policy.daily(), "daily", one -> date(one, policy), keep);
    buckets(present, policy.weekly(), "weekly", one -> week(date(one, policy)), keep);
    buckets(present, policy.monthly(), "monthly", one -> YearMonth.from(date(one, policy)), keep);
    buckets(present, policy.yearly(), "yearly", one -> date(one, policy).getYear(), keep);
    var remove =
        keep.entrySet().stream()
            .filter(one -> one.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    remove.forEach(keep::remove);
    return new RetentionPlan(
        keep, remove, fuse(present, remove, policy), hash(newestFirst, remove, policy));
  }

  /** Taken later than now: a clock was wrong, or somebody forged it to displace the others. */
  public static boolean isFuture(Candidate backup, Instant now) {
    return backup.takenAt().isAfter(now.plus(CLOCKS_DIFFER));
  }

  private static void always(
      List<Candidate> all,
      List<Candidate> present,
      RetentionPolicy policy,
      Instant now,
      Map<String, List<String>> keep) {
    for (var one : all) {
      var reasons = keep.get(one.id());
      if (!one.sound()) {
        reasons.add("kept for inspection");
      } else if (isFuture(one, now)) {
        reasons.add("dated in the future");
      }
      if (one.pinned()) {
        reasons.add("pinned");
      }
      if (one.leasedUntil() != null && one.leasedUntil().isAfter(now)) {
        reasons.add("in use");
      }
      if (one.takenAt().isAfter(now.minus(policy.grace()))) {
        reasons.add("young");
      }
    }
    present.stream().limit(1).forEach(one -> keep.get(one.id()).add("newest"));
    present.stream()
        .filter(Candidate::verified)
        .limit(policy.minVerified())
        .forEach(one -> keep.get(one.id()).add("newest verified"));
  }

  // The newest verified one of a bucket stands for it, else its newest.
  private static <K> void buckets(
      List<Candidate> present,
      int number,
      String name,
      Function<Candidate, K> bucket,
      Map<String, List<String>> keep) {
    var filled = new LinkedHashMap<K, Candidate>();
    for (var one : present) {
      filled.merge(
          bucket.apply(one),
          one,
          (newer, older) -> !newer.verified() && older.verified() ? older : newer);
    }
    filled.entrySet().stream()
        .limit(number)
        .forEach(one -> keep.get(one.getValue().id()).add(name + " " + one.getKey()));
  }

  private static LocalDate date(Candidate one, RetentionPolicy policy) {
    return LocalDate.ofInstant(one.takenAt(), policy.zone());
  }

  private static String week(LocalDate date) {
    return date.get(IsoFields.WEEK_BASED_YEAR) + "-W" + date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  private static String fuse(List<Candidate> present, List<String> remove, RetentionPolicy policy) {
    if (remove.size() > LARGEST_NUMBER && remove.size() > LARGEST_SHARE * present.size()) {
      return remove.size() + " of " + present.size() + " backups would go";
    }
    var months =
        present.stream()
            .collect(
                Collectors.groupingBy(
                    one -> YearMonth.from(date(one, policy)),
                    TreeMap::new,
                    Collectors.mapping(Candidate::id, Collectors.toList())));
    // A month's last one that grows too old is the policy at work; several at once are not.
    return months.entrySet().stream()
        .filter(month -> month.getValue().size() > 1 && remove.containsAll(month.getValue()))
        .map(month -> "everything of " + month.getKey() + " would go")
        .findFirst()
        .orElse(null);
  }

  private static String hash(List<Candidate> all, List<String> remove, RetentionPolicy policy) {
    var ids = all.stream().map(Candidate::id).toList();
    return Hashing.sha256((ids + "|" + remove + "|" + policy).getBytes(StandardCharsets.UTF_8))
        .substring(0, HASH);
  }
}
