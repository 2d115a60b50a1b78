package ca.assistantgazelle.operator.command;

import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.operator.view.Notes;
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
        "Shows what is understood of a note, and from which words. Needs no running system.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "state of an event: OPEN something is wrong, RESOLVED it was wrong and put right in this note,",
      "RESOLUTION something is right again that an earlier note may have complained of."
    })
final class ExplainNoteCommand implements Callable<Integer> {
  @Option(names = "--json", description = "one JSON document for each note")
  private boolean json;

  @Parameters(
      paramLabel = "TEXT",
      arity = "1..*",
      description = "the note; - reads notes from standard input, one on each line")
  private List<String> text;

  @Override
  public Integer call() throws IOException {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
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
    var understood = NoteAnalysis.of(note);
    out.println(json ? Notes.json(understood) : Notes.words(note, understood));
  }
}
