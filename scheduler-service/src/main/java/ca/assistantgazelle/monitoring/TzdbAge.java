package ca.assistantgazelle.monitoring;

import ca.assistantgazelle.catalogue.JobCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How old the running JVM's time zone data is. Laws about clocks change; with data from before the
 * change runs would start an hour off.
 */
@Singleton
@Startup
public class TzdbAge {
  private final String version;
  private final Duration mostAge;
  private final Clock clock;

  TzdbAge(
      JobCatalogue catalogue,
      Clock clock,
      MeterRegistry meters,
      @ConfigProperty(name = "gazelle.tzdb.most-age", defaultValue = "P730D") Duration mostAge) {
    this.version = ZoneRulesProvider.getVersions(catalogue.zone().getId()).lastKey();
    this.clock = clock;
    this.mostAge = mostAge;
    meters.gauge("tzdb.stale", this, age -> age.isStale() ? 1 : 0);
  }

  String version() {
    return version;
  }

  boolean isStale() {
    return isStale(version, clock, mostAge);
  }

  String warning() {
    return "The time zone data is of release "
        + version
        + "; run on a newer Java runtime, or a change of the law moves runs by an hour.";
  }

  static boolean isStale(String version, Clock clock, Duration mostAge) {
    return published(version)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plus(mostAge)
        .isBefore(clock.instant());
  }

  // A release is named by its year and a letter; releases are a few months apart. What cannot be
  // read counts as very old.
  private static LocalDate published(String version) {
    if (!version.matches("\\d{4}[a-z]")) {
      return LocalDate.EPOCH;
    }
    int months = (version.charAt(4) - 'a') * 2;
    return LocalDate.of(Integer.parseInt(version.substring(0, 4)), 1, 1)
        .plusMonths(Math.min(months, 11));
  }
}
