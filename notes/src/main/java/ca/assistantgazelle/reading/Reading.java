package ca.assistantgazelle.reading;

import java.math.BigDecimal;

/**
 * What an instrument showed. At least one of temperature and humidity is there.
 *
 * @param temperatureC degrees Celsius, at most one decimal; null when none was noted
 * @param humidityLow per cent relative humidity, at most one decimal; null when none was noted
 * @param humidityHigh the same as the lower one unless a range was noted
 */
public record Reading(
    BigDecimal temperatureC,
    BigDecimal humidityLow,
    BigDecimal humidityHigh,
    Confidence confidence) {

  /** As the report writes it: {@code 21°C, 39%}. */
  public String canonical() {
    var temperature = temperatureC == null ? "" : temperatureC.toPlainString() + "°C";
    var humidity = humidityLow == null ? "" : humidity();
    return temperature.isEmpty() || humidity.isEmpty()
        ? temperature + humidity
        : temperature + ", " + humidity;
  }

  private String humidity() {
    return humidityLow.compareTo(humidityHigh) == 0
        ? humidityLow.toPlainString() + "%"
        : humidityLow.toPlainString() + "-" + humidityHigh.toPlainString() + "%";
  }
}
