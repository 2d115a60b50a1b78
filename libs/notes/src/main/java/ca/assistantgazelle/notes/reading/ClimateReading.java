package ca.assistantgazelle.notes.reading;

import java.math.BigDecimal;

/**
 * A temperature and humidity reading; at least one of the two is present.
 *
 * @param temperatureC degrees Celsius, at most one decimal; null if none was noted
 * @param humidityLow per cent relative humidity, at most one decimal; null if none was noted
 * @param humidityHigh same as {@code humidityLow} unless a range was noted
 */
public record ClimateReading(
        BigDecimal temperatureC, BigDecimal humidityLow, BigDecimal humidityHigh, ReadingConfidence confidence) {

    /** The format of the report: {@code 21°C, 39%}. */
    public String canonical() {
        var temperature = temperatureC == null ? "" : temperatureC.toPlainString() + "°C";
        var humidity = humidityLow == null ? "" : humidity();
        return temperature.isEmpty() || humidity.isEmpty() ? temperature + humidity : temperature + ", " + humidity;
    }

    private String humidity() {
        return humidityLow.compareTo(humidityHigh) == 0
                ? humidityLow.toPlainString() + "%"
                : humidityLow.toPlainString() + "-" + humidityHigh.toPlainString() + "%";
    }
}
