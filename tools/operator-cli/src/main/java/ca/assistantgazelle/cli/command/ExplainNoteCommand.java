package ca.assistantgazelle.cli.command;

import ca.assistantgazelle.cli.view.NoteView;
import ca.assistantgazelle.notes.note.NoteAnalysis;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description =
                "Shows the readings and events found in a note, and the text they were found in. Needs no running system.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "State of an event: OPEN = a problem, RESOLVED = a problem fixed according to the same note,",
            "RESOLUTION = the fix of a problem that an earlier note may have reported."
        })
final class ExplainNoteCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print one JSON document per note")
    private boolean json;

    @Parameters(
            paramLabel = "TEXT",
            arity = "1..*",
            description = "the note; - reads notes from standard input, one per line")
    private List<String> text;

    @Override
    public Integer call() throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        if (!text.equals(List.of("-"))) {
            show(out, String.join(" ", text));
        } else {
            var notes = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var note = notes.readLine(); note != null; note = notes.readLine()) {
                show(out, note);
            }
        }
        out.flush();
        return 0;
    }

    private void show(PrintStream out, String note) {
        var analysis = NoteAnalysis.of(note);
        out.println(json ? NoteView.json(analysis) : NoteView.text(note, analysis));
    }
}
