package ca.assistantgazelle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
    @Test
    void runsWithoutATerminal() {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--from", "2026-03-07", "--to", "2026-03-08");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("timeline_report_daily", " fires: ");
        assertThat(err.toString()).isEmpty();
    }
}
