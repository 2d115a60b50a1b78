package ca.assistantgazelle.simulator;

import ca.assistantgazelle.simulator.SimulatedOutcome.SimulatedFire;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Text output of a simulation: a line per fire, in the catalogue's time zone. */
record SimulationView(SimulatedOutcome outcome) {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
    private static final String LINE = "%-16s  %-24s  %-18s  %-9s  %-14s  %-14s  %s%n";

    String text() {
        var text = new StringBuilder("Times are local, " + outcome.zone() + ".\n");
        text.append(LINE.formatted("PLANNED FOR", "JOB", "DISPOSITION", "STATUS", "STARTED", "ENDED", "REASON"));
        for (var fire : outcome.fires()) {
            text.append(LINE.formatted(
                    fire.nominal(),
                    fire.job(),
                    fire.disposition(),
                    fire.status(),
                    moment(fire.startedAt()),
                    moment(fire.finishedAt()),
                    reason(fire)));
        }
        text.append('\n').append(outcome.fires().size()).append(" fires: ").append(outcome.summary());
        for (var event : outcome.events()) {
            text.append("\n%s %s %s of %s: %s"
                    .formatted(moment(event.at()), event.event(), event.job(), event.nominal(), event.message()));
        }
        return text.toString();
    }

    private static String reason(SimulatedFire fire) {
        return (fire.attempts() > 1 ? fire.attempts() + " attempts; " : "")
                + (fire.reason() == null ? "" : fire.reason());
    }

    private String moment(Instant instant) {
        return instant == null ? "–" : MOMENT.format(instant.atZone(ZoneId.of(outcome.zone())));
    }
}
