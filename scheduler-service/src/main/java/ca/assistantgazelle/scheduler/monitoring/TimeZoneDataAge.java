package ca.assistantgazelle.scheduler.monitoring;

import ca.assistantgazelle.contract.catalogue.JobCatalogue;
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
 * Checks the age of the JVM's time zone data. With data older than a change of daylight-saving rules, runs would start
 * an hour off.
 */
@Singleton
@Startup
public class TimeZoneDataAge {
    private final String version;
    private final Duration maxAge;
    private final Clock clock;

    TimeZoneDataAge(
            JobCatalogue catalogue,
            Clock clock,
            MeterRegistry meters,
            @ConfigProperty(name = "gazelle.tzdb.max-age", defaultValue = "P730D") Duration mostAge) {
        this.version = ZoneRulesProvider.getVersions(catalogue.zone().getId()).lastKey();
        this.clock = clock;
        this.maxAge = mostAge;
        meters.gauge("tzdb.stale", this, age -> age.isStale() ? 1 : 0);
    }

    String version() {
        return version;
    }

    boolean isStale() {
        return isStale(version, clock, maxAge);
    }

    String warning() {
        return "Time zone data is outdated: release "
                + version
                + ". Upgrade the Java runtime; otherwise runs may start an hour off after a change of daylight-saving rules.";
    }

    static boolean isStale(String version, Clock clock, Duration mostAge) {
        return published(version)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(mostAge)
                .isBefore(clock.instant());
    }

    // A release is named after its year and a letter; releases are a few months apart. An unreadable
    // version counts as very old.
    private static LocalDate published(String version) {
        if (!version.matches("\\d{4}[a-z]")) {
            return LocalDate.EPOCH;
        }
        int months = (version.charAt(4) - 'a') * 2;
        return LocalDate.of(Integer.parseInt(version.substring(0, 4)), 1, 1).plusMonths(Math.min(months, 11));
    }
}
