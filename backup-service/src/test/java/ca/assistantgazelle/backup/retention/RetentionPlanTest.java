package ca.assistantgazelle.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.backup.failure.BackupException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RetentionPlanTest {
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 28);
    private static final int DAYS = 430;

    private static Instant backupTime(LocalDate date) {
        return ZonedDateTime.of(date, LocalTime.of(3, 0), ZONE).toInstant();
    }

    private static RetentionCandidate verifiedBackup(Instant at) {
        return new RetentionCandidate(at.toString(), at, true, true, false, null);
    }

    private static Set<String> kept(List<RetentionCandidate> backups, RetentionPolicy policy, Instant now) {
        return RetentionPlan.of(backups, policy, now).keep().keySet();
    }

    @Provide
    Arbitrary<List<RetentionCandidate>> histories() {
        var start = backupTime(FIRST_DAY).getEpochSecond();
        var one = Combinators.combine(
                        Arbitraries.longs().between(0, 500L * 24 * 3600),
                        Arbitraries.integers().between(0, 19))
                .as((offset, luck) -> {
                    var at = Instant.ofEpochSecond(start + offset);
                    return new RetentionCandidate(
                            at + "-" + luck, at, luck != 0, luck > 2, luck == 19, luck == 18 ? Instant.MAX : null);
                });
        return one.list().ofMaxSize(60).map(list -> new ArrayList<>(new HashSet<>(list)));
    }

    private static final Instant LATER = backupTime(FIRST_DAY).plus(Duration.ofDays(501));

    @Property(tries = 1_000)
    void retentionIsIdempotent(@ForAll("histories") List<RetentionCandidate> backups) {
        var once = kept(backups, RetentionPolicy.DEFAULT, LATER);
        var left = backups.stream().filter(one -> once.contains(one.id())).toList();
        assertThat(kept(left, RetentionPolicy.DEFAULT, LATER)).isEqualTo(once);
    }

    @Property(tries = 1_000)
    void theOrderOfTheListDoesNotMatter(@ForAll("histories") List<RetentionCandidate> backups, @ForAll long seed) {
        var shuffled = new ArrayList<>(backups);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(RetentionPlan.of(shuffled, RetentionPolicy.DEFAULT, LATER))
                .isEqualTo(RetentionPlan.of(backups, RetentionPolicy.DEFAULT, LATER));
    }

    /** Of backups taken at the same instant the one with the greater id counts as the newer. */
    @Property(tries = 1_000)
    void theNewestVerifiedBackupsAreKept(@ForAll("histories") List<RetentionCandidate> backups) {
        var kept = kept(backups, RetentionPolicy.DEFAULT, LATER);
        backups.stream()
                .filter(one -> one.sound() && one.verified())
                .sorted(Comparator.comparing(RetentionCandidate::takenAt)
                        .thenComparing(RetentionCandidate::id)
                        .reversed())
                .limit(RetentionPolicy.DEFAULT.minVerified())
                .forEach(one -> assertThat(kept).contains(one.id()));
    }

    @Property(tries = 1_000)
    void aLargerPolicyKeepsASuperset(
            @ForAll("histories") List<RetentionCandidate> backups,
            @ForAll @IntRange(max = 9) int daily,
            @ForAll @IntRange(max = 9) int weekly,
            @ForAll @IntRange(max = 9) int monthly) {
        var small = new RetentionPolicy(daily, weekly, monthly, 0, 1, Duration.ofHours(26), ZONE);
        var large = new RetentionPolicy(daily + 1, weekly + 2, monthly + 3, 1, 2, Duration.ofHours(30), ZONE);
        assertThat(kept(backups, large, LATER)).containsAll(kept(backups, small, LATER));
    }

    @Property(tries = 1_000)
    void pinnedLeasedDamagedAndFutureBackupsAreNeverRemoved(@ForAll("histories") List<RetentionCandidate> backups) {
        var now = backupTime(FIRST_DAY).plus(Duration.ofDays(250));
        var removed = RetentionPlan.of(backups, RetentionPolicy.DEFAULT, now).remove();
        backups.stream()
                .filter(one -> one.pinned()
                        || one.leasedUntil() != null
                        || !one.sound()
                        || one.takenAt().isAfter(now.plus(Duration.ofMinutes(5))))
                .forEach(one -> assertThat(removed).doesNotContain(one.id()));
    }

    @Property(tries = 1_000)
    void backupsDatedInTheFutureDisplaceNoOthers(@ForAll("histories") List<RetentionCandidate> backups) {
        var now = LATER;
        var kept = kept(backups, RetentionPolicy.DEFAULT, now);
        var forged = new ArrayList<>(backups);
        for (int i = 0; i < 20; i++) {
            forged.add(verifiedBackup(now.plus(Duration.ofDays(i + 1))));
        }
        assertThat(kept(forged, RetentionPolicy.DEFAULT, now)).containsAll(kept);
    }

    /** With failed nights in between, both ways keep the same backups. */
    @Property(tries = 20)
    void dailyAndFinalApplicationKeepTheSame(@ForAll @IntRange(max = 30) int failing) {
        var all = new ArrayList<RetentionCandidate>();
        List<RetentionCandidate> present = new ArrayList<>();
        var random = new Random(failing);
        Instant now = null;
        for (int i = 0; i < DAYS; i++) {
            if (random.nextInt(100) < failing && i < DAYS - 1) {
                continue;
            }
            now = backupTime(FIRST_DAY.plusDays(i)).plusSeconds(120);
            var tonight = verifiedBackup(backupTime(FIRST_DAY.plusDays(i)));
            all.add(tonight);
            present.add(tonight);
            var kept = kept(present, RetentionPolicy.DEFAULT, now);
            present = present.stream()
                    .filter(one -> kept.contains(one.id()))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        assertThat(present.stream().map(RetentionCandidate::id))
                .containsExactlyInAnyOrderElementsOf(kept(all, RetentionPolicy.DEFAULT, now));
    }

    @Example
    void fortyDaysWithoutABackupRemoveNothing() {
        var backups = new ArrayList<RetentionCandidate>();
        for (int i = 0; i < 100; i++) {
            backups.add(verifiedBackup(backupTime(FIRST_DAY.plusDays(i))));
        }
        var now = backupTime(FIRST_DAY.plusDays(99)).plusSeconds(60);
        var kept = kept(backups, RetentionPolicy.DEFAULT, now);
        var left = backups.stream().filter(one -> kept.contains(one.id())).toList();
        assertThat(RetentionPlan.of(left, RetentionPolicy.DEFAULT, now.plus(Duration.ofDays(40)))
                        .remove())
                .isEmpty();
    }

    /** One backup per night; the expected list for 2026-03-10 was determined manually. */
    @Example
    void defaultPolicyKeepsSevenDaysFourWeeksTwelveMonths() {
        var backups = new ArrayList<RetentionCandidate>();
        for (var day = FIRST_DAY; !day.isAfter(LocalDate.of(2026, 3, 10)); day = day.plusDays(1)) {
            backups.add(verifiedBackup(backupTime(day)));
        }
        assertThat(kept(
                        backups,
                        RetentionPolicy.DEFAULT,
                        backupTime(LocalDate.of(2026, 3, 10)).plusSeconds(9)))
                .containsExactly(days(
                        "2026-03-10",
                        "2026-03-09",
                        "2026-03-08",
                        "2026-03-07",
                        "2026-03-06",
                        "2026-03-05",
                        "2026-03-04",
                        "2026-03-01",
                        "2026-02-28",
                        "2026-02-22",
                        "2026-01-31",
                        "2025-12-31"));
    }

    private static String[] days(String... days) {
        var ids = new String[days.length];
        for (int i = 0; i < days.length; i++) {
            ids[i] = backupTime(LocalDate.parse(days[i])).toString();
        }
        return ids;
    }

    /** Days are counted in Montréal time. */
    @Example
    void aDayIsMontreals() {
        var evening = verifiedBackup(Instant.parse("2026-03-09T03:30:00Z"));
        var night = verifiedBackup(Instant.parse("2026-03-09T07:00:00Z"));
        var policy = new RetentionPolicy(2, 0, 0, 0, 1, Duration.ofHours(1), ZONE);
        assertThat(kept(List.of(evening, night), policy, Instant.parse("2026-04-01T00:00:00Z")))
                .hasSize(2);
    }

    @Example
    void aVerifiedBackupRepresentsItsDay() {
        var verified = verifiedBackup(Instant.parse("2026-03-09T07:00:00Z"));
        var stored = new RetentionCandidate("later", Instant.parse("2026-03-09T20:00:00Z"), true, false, false, null);
        var newest = verifiedBackup(Instant.parse("2026-03-10T07:00:00Z"));
        var policy = new RetentionPolicy(2, 0, 0, 0, 1, Duration.ofHours(1), ZONE);
        assertThat(kept(List.of(verified, stored, newest), policy, Instant.parse("2026-04-01T00:00:00Z")))
                .containsExactly(newest.id(), verified.id());
    }

    @Example
    void aPlanThatRemovesTooMuchIsBlocked() {
        var backups = new ArrayList<RetentionCandidate>();
        for (int i = 0; i < 20; i++) {
            backups.add(verifiedBackup(backupTime(FIRST_DAY.plusDays(i))));
        }
        var now = backupTime(FIRST_DAY.plusDays(19)).plusSeconds(60);
        var plan = RetentionPlan.of(backups, RetentionPolicy.DEFAULT, now);
        assertThat(plan.fuse()).isEqualTo(plan.remove().size() + " of 20 backups would be removed");
        assertThat(RetentionPlan.of(backups.subList(1, 20), RetentionPolicy.DEFAULT, now)
                        .hash())
                .isNotEqualTo(plan.hash());
    }

    @Example
    void removingAWholeMonthIsBlocked() {
        var backups = new ArrayList<RetentionCandidate>();
        backups.add(verifiedBackup(backupTime(LocalDate.of(2026, 1, 10))));
        backups.add(verifiedBackup(backupTime(LocalDate.of(2026, 1, 11))));
        for (int i = 0; i < 20; i++) {
            backups.add(verifiedBackup(backupTime(LocalDate.of(2026, 3, 1).plusDays(i))));
        }
        var policy = new RetentionPolicy(20, 0, 0, 0, 1, Duration.ofHours(26), ZONE);
        assertThat(RetentionPlan.of(backups, policy, backupTime(LocalDate.of(2026, 3, 20)))
                        .fuse())
                .isEqualTo("all backups of 2026-01 would be removed");
    }

    @Example
    void policiesAreParsedAndErrorsNameTheWrongSetting() throws BackupException {
        var policy = RetentionPolicy.parse("daily=3, monthly=1,grace=PT1H");
        assertThat(policy).isEqualTo(new RetentionPolicy(3, 4, 1, 0, 2, Duration.ofHours(1), ZONE));
        assertThat(RetentionPolicy.parse("{daily: 3, monthly 1, \"grace\": 1 h}"))
                .isEqualTo(policy);
        for (var wrong : List.of("daily", "daily=-1", "min_verified=0", "days=3", "grace=1", "daily=3 garbage")) {
            assertThatThrownBy(() -> RetentionPolicy.parse(wrong)).hasMessageContaining(wrong.replace("daily=3 ", ""));
        }
    }
}
