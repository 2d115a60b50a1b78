package ca.assistantgazelle.backup.retention;

import ca.assistantgazelle.backup.archive.HashingOutputStream;
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
 * Which backups of one destination are removed, and why the others are kept. The rules are in docs/backup.md.
 *
 * @param keep reasons by id, newest first
 * @param remove ids, newest first
 * @param fuse why the plan must be confirmed by a person; null if it may be applied
 * @param hash identifies the plan and its input
 */
public record RetentionPlan(Map<String, List<String>> keep, List<String> remove, String fuse, String hash) {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final double MAX_REMOVED_SHARE = 0.2;
    private static final int MAX_REMOVED = 3;
    private static final int HASH_LENGTH = 12;

    /** @param backups in any order */
    public static RetentionPlan of(List<RetentionCandidate> backups, RetentionPolicy policy, Instant now) {
        var newestFirst = backups.stream()
                .sorted(Comparator.comparing(RetentionCandidate::takenAt)
                        .thenComparing(RetentionCandidate::id)
                        .reversed())
                .toList();
        var keep = new LinkedHashMap<String, List<String>>();
        newestFirst.forEach(one -> keep.put(one.id(), new ArrayList<>()));
        var present = newestFirst.stream()
                .filter(one -> one.sound() && !isFuture(one, now))
                .toList();
        applyFixedRules(newestFirst, present, policy, now, keep);
        keepPerBucket(present, policy.daily(), "daily", one -> date(one, policy), keep);
        keepPerBucket(present, policy.weekly(), "weekly", one -> week(date(one, policy)), keep);
        keepPerBucket(present, policy.monthly(), "monthly", one -> YearMonth.from(date(one, policy)), keep);
        keepPerBucket(
                present, policy.yearly(), "yearly", one -> date(one, policy).getYear(), keep);
        var remove = keep.entrySet().stream()
                .filter(one -> one.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        remove.forEach(keep::remove);
        return new RetentionPlan(keep, remove, fuse(present, remove, policy), hash(newestFirst, remove, policy));
    }

    /** Whether it is dated in the future: by a wrong clock, or forged to displace other backups. */
    public static boolean isFuture(RetentionCandidate backup, Instant now) {
        return backup.takenAt().isAfter(now.plus(CLOCK_TOLERANCE));
    }

    private static void applyFixedRules(
            List<RetentionCandidate> all,
            List<RetentionCandidate> present,
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
                .filter(RetentionCandidate::verified)
                .limit(policy.minVerified())
                .forEach(one -> keep.get(one.id()).add("newest verified"));
    }

    // Keeps the newest verified backup of each bucket, or its newest if none is verified.
    private static <K> void keepPerBucket(
            List<RetentionCandidate> present,
            int number,
            String name,
            Function<RetentionCandidate, K> bucket,
            Map<String, List<String>> keep) {
        var filled = new LinkedHashMap<K, RetentionCandidate>();
        for (var one : present) {
            filled.merge(
                    bucket.apply(one), one, (newer, older) -> !newer.verified() && older.verified() ? older : newer);
        }
        filled.entrySet().stream()
                .limit(number)
                .forEach(one -> keep.get(one.getValue().id()).add(name + " " + one.getKey()));
    }

    private static LocalDate date(RetentionCandidate one, RetentionPolicy policy) {
        return LocalDate.ofInstant(one.takenAt(), policy.zone());
    }

    private static String week(LocalDate date) {
        return date.get(IsoFields.WEEK_BASED_YEAR) + "-W" + date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private static String fuse(List<RetentionCandidate> present, List<String> remove, RetentionPolicy policy) {
        if (remove.size() > MAX_REMOVED && remove.size() > MAX_REMOVED_SHARE * present.size()) {
            return remove.size() + " of " + present.size() + " backups would be removed";
        }
        var months = present.stream()
                .collect(Collectors.groupingBy(
                        one -> YearMonth.from(date(one, policy)),
                        TreeMap::new,
                        Collectors.mapping(RetentionCandidate::id, Collectors.toList())));
        // A month that loses its only backup is normal ageing; losing several at once is not.
        return months.entrySet().stream()
                .filter(month -> month.getValue().size() > 1 && remove.containsAll(month.getValue()))
                .map(month -> "all backups of " + month.getKey() + " would be removed")
                .findFirst()
                .orElse(null);
    }

    private static String hash(List<RetentionCandidate> all, List<String> remove, RetentionPolicy policy) {
        var ids = all.stream().map(RetentionCandidate::id).toList();
        return HashingOutputStream.sha256((ids + "|" + remove + "|" + policy).getBytes(StandardCharsets.UTF_8))
                .substring(0, HASH_LENGTH);
    }
}
