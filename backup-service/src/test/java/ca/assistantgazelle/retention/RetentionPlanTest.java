package ca.assistantgazelle.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.failure.BackupException;
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
  private static final LocalDate FIRST = LocalDate.of(2025, 12, 28);
  private static final int NIGHTS = 430;

  private static Instant night(LocalDate date) {
    return ZonedDateTime.of(date, LocalTime.of(3, 0), ZONE).toInstant();
  }

  private static Candidate good(Instant at) {
    return new Candidate(at.toString(), at, true, true, false, null);
  }

  private static Set<String> kept(List<Candidate> backups, RetentionPolicy policy, Instant now) {
    return RetentionPlan.of(backups, policy, now).keep().keySet();
  }

  @Provide
  Arbitrary<List<Candidate>> histories() {
    var start = night(FIRST).getEpochSecond();
    var one =
        Combinators.combine(
                Arbitraries.longs().between(0, 500L * 24 * 3600),
                Arbitraries.integers().between(0, 19))
            .as(
                (offset, luck) -> {
                  var at = Instant.ofEpochSecond(start + offset);
                  return new Candidate(
                      at + "-" + luck,
                      at,
                      luck != 0,
                      luck > 2,
                      luck == 19,
                      luck == 18 ? Instant.MAX : null);
                });
    return one.list().ofMaxSize(60).map(list -> new ArrayList<>(new HashSet<>(list)));
  }

  private static final Instant LATER = night(FIRST).plus(Duration.ofDays(501));

  @Property(tries = 1_000)
  void itIsIdempotent(@ForAll("histories") List<Candidate> backups) {
    var once = kept(backups, RetentionPolicy.USUAL, LATER);
    var left = backups.stream().filter(one -> once.contains(one.id())).toList();
    assertThat(kept(left, RetentionPolicy.USUAL, LATER)).isEqualTo(once);
  }

  @Property(tries = 1_000)
  void theOrderOfTheListDoesNotMatter(
      @ForAll("histories") List<Candidate> backups, @ForAll long seed) {
    var shuffled = new ArrayList<>(backups);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(RetentionPlan.of(shuffled, RetentionPolicy.USUAL, LATER))
        .isEqualTo(RetentionPlan.of(backups, RetentionPolicy.USUAL, LATER));
  }

  /** Of backups taken at the same instant the one with the greater id counts as the newer. */
  @Property(tries = 1_000)
  void theNewestVerifiedOnesStay(@ForAll("histories") List<Candidate> backups) {
    var kept = kept(backups, RetentionPolicy.USUAL, LATER);
    backups.stream()
        .filter(one -> one.sound() && one.verified())
        .sorted(Comparator.comparing(Candidate::takenAt).thenComparing(Candidate::id).reversed())
        .limit(RetentionPolicy.USUAL.minVerified())
        .forEach(one -> assertThat(kept).contains(one.id()));
  }

  @Property(tries = 1_000)
  void aLargerPolicyKeepsASuperset(
      @ForAll("histories") List<Candidate> backups,
      @ForAll @IntRange(max = 9) int daily,
      @ForAll @IntRange(max = 9) int weekly,
      @ForAll @IntRange(max = 9) int monthly) {
    var small = new RetentionPolicy(daily, weekly, monthly, 0, 1, Duration.ofHours(26), ZONE);
    var large =
        new RetentionPolicy(daily + 1, weekly + 2, monthly + 3, 1, 2, Duration.ofHours(30), ZONE);
    assertThat(kept(backups, large, LATER)).containsAll(kept(backups, small, LATER));
  }

  @Property(tries = 1_000)
  void pinnedUsedDamagedAndFutureOnesAreNeverInThePlan(
      @ForAll("histories") List<Candidate> backups) {
    var now = night(FIRST).plus(Duration.ofDays(250));
    var removed = RetentionPlan.of(backups, RetentionPolicy.USUAL, now).remove();
    backups.stream()
        .filter(
            one ->
                one.pinned()
                    || one.leasedUntil() != null
                    || !one.sound()
                    || one.takenAt().isAfter(now.plus(Duration.ofMinutes(5))))
        .forEach(one -> assertThat(removed).doesNotContain(one.id()));
  }

  @Property(tries = 1_000)
  void oneFromTheFutureDisplacesNobody(@ForAll("histories") List<Candidate> backups) {
    var now = LATER;
    var kept = kept(backups, RetentionPolicy.USUAL, now);
    var forged = new ArrayList<>(backups);
    for (int i = 0; i < 20; i++) {
      forged.add(good(now.plus(Duration.ofDays(i + 1))));
    }
    assertThat(kept(forged, RetentionPolicy.USUAL, now)).containsAll(kept);
  }

  /** Nights fail now and then; nothing that only the passing of time explains goes with them. */
  @Property(tries = 20)
  void appliedEveryNightOrOnceAtTheEndItKeepsTheSame(@ForAll @IntRange(max = 30) int failing) {
    var all = new ArrayList<Candidate>();
    List<Candidate> present = new ArrayList<>();
    var random = new Random(failing);
    Instant now = null;
    for (int i = 0; i < NIGHTS; i++) {
      if (random.nextInt(100) < failing && i < NIGHTS - 1) {
        continue;
      }
      now = night(FIRST.plusDays(i)).plusSeconds(120);
      var tonight = good(night(FIRST.plusDays(i)));
      all.add(tonight);
      present.add(tonight);
      var kept = kept(present, RetentionPolicy.USUAL, now);
      present =
          present.stream()
              .filter(one -> kept.contains(one.id()))
              .collect(Collectors.toCollection(ArrayList::new));
    }
    assertThat(present.stream().map(Candidate::id))
        .containsExactlyInAnyOrderElementsOf(kept(all, RetentionPolicy.USUAL, now));
  }

  @Example
  void fortyNightsWithoutABackupChangeNothing() {
    var backups = new ArrayList<Candidate>();
    for (int i = 0; i < 100; i++) {
      backups.add(good(night(FIRST.plusDays(i))));
    }
    var now = night(FIRST.plusDays(99)).plusSeconds(60);
    var kept = kept(backups, RetentionPolicy.USUAL, now);
    var left = backups.stream().filter(one -> kept.contains(one.id())).toList();
    assertThat(
            RetentionPlan.of(left, RetentionPolicy.USUAL, now.plus(Duration.ofDays(40))).remove())
        .isEmpty();
  }

  /** 7 days, 4 ISO weeks, 12 months, of one backup each night: by hand for 2026-03-10. */
  @Example
  void sevenFourTwelve() {
    var backups = new ArrayList<Candidate>();
    for (var day = FIRST; !day.isAfter(LocalDate.of(2026, 3, 10)); day = day.plusDays(1)) {
      backups.add(good(night(day)));
    }
    assertThat(
            kept(backups, RetentionPolicy.USUAL, night(LocalDate.of(2026, 3, 10)).plusSeconds(9)))
        .containsExactly(
            days(
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
      ids[i] = night(LocalDate.parse(days[i])).toString();
    }
    return ids;
  }

  /** The same local night is 07:00 and 08:00 UTC; a day is Montréal's. */
  @Example
  void aDayIsMontreals() {
    var evening = good(Instant.parse("2026-03-09T03:30:00Z"));
    var night = good(Instant.parse("2026-03-09T07:00:00Z"));
    var policy = new RetentionPolicy(2, 0, 0, 0, 1, Duration.ofHours(1), ZONE);
    assertThat(kept(List.of(evening, night), policy, Instant.parse("2026-04-01T00:00:00Z")))
        .hasSize(2);
  }

  @Example
  void theVerifiedOneStandsForItsDay() {
    var verified = good(Instant.parse("2026-03-09T07:00:00Z"));
    var stored =
        new Candidate("later", Instant.parse("2026-03-09T20:00:00Z"), true, false, false, null);
    var newest = good(Instant.parse("2026-03-10T07:00:00Z"));
    var policy = new RetentionPolicy(2, 0, 0, 0, 1, Duration.ofHours(1), ZONE);
    assertThat(
            kept(List.of(verified, stored, newest), policy, Instant.parse("2026-04-01T00:00:00Z")))
        .containsExactly(newest.id(), verified.id());
  }

  @Example
  void aPlanThatTakesTooMuchIsHeldBack() {
    var backups = new ArrayList<Candidate>();
    for (int i = 0; i < 20; i++) {
      backups.add(good(night(FIRST.plusDays(i))));
    }
    var now = night(FIRST.plusDays(19)).plusSeconds(60);
    var plan = RetentionPlan.of(backups, RetentionPolicy.USUAL, now);
    assertThat(plan.fuse()).isEqualTo(plan.remove().size() + " of 20 backups would go");
    assertThat(RetentionPlan.of(backups.subList(1, 20), RetentionPolicy.USUAL, now).hash())
        .isNotEqualTo(plan.hash());
  }

  @Example
  void everythingOfAMonthIsHeldBack() {
    var backups = new ArrayList<Candidate>();
    backups.add(good(night(LocalDate.of(2026, 1, 10))));
    backups.add(good(night(LocalDate.of(2026, 1, 11))));
    for (int i = 0; i < 20; i++) {
      backups.add(good(night(LocalDate.of(2026, 3, 1).plusDays(i))));
    }
    var policy = new RetentionPolicy(20, 0, 0, 0, 1, Duration.ofHours(26), ZONE);
    assertThat(RetentionPlan.of(backups, policy, night(LocalDate.of(2026, 3, 20))).fuse())
        .isEqualTo("everything of 2026-01 would go");
  }

  @Example
  void aPolicyIsReadAndRefusedByTheWordThatIsWrong() throws BackupException {
    var policy = RetentionPolicy.parse("daily=3, monthly=1,grace=PT1H");
    assertThat(policy).isEqualTo(new RetentionPolicy(3, 4, 1, 0, 2, Duration.ofHours(1), ZONE));
    assertThat(RetentionPolicy.parse("{daily: 3, monthly 1, \"grace\": 1 h}")).isEqualTo(policy);
    for (var wrong :
        List.of("daily", "daily=-1", "min_verified=0", "days=3", "grace=1", "daily=3 garbage")) {
      assertThatThrownBy(() -> RetentionPolicy.parse(wrong))
          .hasMessageContaining(wrong.replace("daily=3 ", ""));
    }
  }
}
