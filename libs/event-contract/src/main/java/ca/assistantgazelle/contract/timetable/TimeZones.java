package ca.assistantgazelle.contract.timetable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Properties;

/** Time zones accepted in the catalogue: IANA names of places, normalised to the current name. */
public final class TimeZones {
    /** The company's time zone. */
    public static final ZoneId MONTREAL = ZoneId.of("America/Toronto");

    private static final Properties ALIASES = aliases();

    private TimeZones() {}

    /**
     * @param name an IANA name or a former one, such as {@code America/Montreal}
     * @return the zone under its current name ({@code America/Toronto})
     * @throws InvalidScheduleException for abbreviations, offsets and unknown names
     */
    public static ZoneId canonical(String name) {
        var present = name == null ? null : ALIASES.getProperty(name, name);
        boolean place = present != null
                && present.indexOf('/') > 0
                && !present.matches("Etc/GMT.+")
                && ZoneRulesProvider.getAvailableZoneIds().contains(present);
        if (!place) {
            throw new InvalidScheduleException("'"
                    + name
                    + "' is not a valid time zone; use an IANA name such as America/Toronto"
                    + " (abbreviations and offsets ignore daylight saving)");
        }
        return ZoneId.of(present);
    }

    private static Properties aliases() {
        var aliases = new Properties();
        try (var in = TimeZones.class.getResourceAsStream("/zone-aliases.properties")) {
            aliases.load(in);
            return aliases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
