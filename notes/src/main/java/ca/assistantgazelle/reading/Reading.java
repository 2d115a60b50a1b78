package ca.assistantgazelle.reading;

import java.math.BigDecimal;

/**
 * What an instrument showed. At least one of temperature and humidity is there.
 *
 * @param temperatureC degrees Celsius, at most one decimal; null when none was noted
 * @param humidityLow per cent relative humidity; null when none was noted
 * @param humidityHigh the same as the lower one unless a range was noted
 */
public record Reading(
    BigDecimal temperatureC, Integer humidityLow, Integer humidityHigh, Confidence confidence) {

  /** As the report writes it: {@code 21°C, 39%}. */
  public String canonical() {
    var temperature = temperatureC == null ? "" : temperatureC.toPlainString() + "°C";
    var humidity = humidityLow == null ? "" : humidity();
    return temperature.isEmpty() || humidity.isEmpty()
        ? temperature + humidity
        : temperature + ", " + humidity;
  }

  private String humidity() {
    return humidityLow.equals(humidityHigh)
        ? humidityLow + "%"
        : humidityLow + "-" + humidityHigh + "%";
  }
}
