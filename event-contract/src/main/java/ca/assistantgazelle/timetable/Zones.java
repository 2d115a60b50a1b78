package ca.assistantgazelle.timetable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Properties;

/** Time zones as the catalogue may name them: places, under their present names. */
public final class Zones {
  private static final Properties ALIASES = aliases();

  private Zones() {}

  /**
   * @param name an IANA name or a former one, such as {@code America/Montreal}
   * @return the zone under its present name ({@code America/Toronto})
   * @throws InvalidScheduleException when it names no place: an abbreviation, an offset, unknown
   */
  public static ZoneId canonical(String name) {
    var present = name == null ? null : ALIASES.getProperty(name, name);
    boolean place =
        present != null
            && present.indexOf('/') > 0
            && !present.matches("Etc/GMT.+")
            && ZoneRulesProvider.getAvailableZoneIds().contains(present);
    if (!place) {
      throw new InvalidScheduleException(
          "'"
              + name
              + "' is no time zone of a place; write an IANA name such as America/Toronto"
              + " (abbreviations and offsets know nothing of daylight saving)");
    }
    return ZoneId.of(present);
  }

  private static Properties aliases() {
    var aliases = new Properties();
    try (var in = Zones.class.getResourceAsStream("/zone-aliases.properties")) {
      aliases.load(in);
      return aliases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
