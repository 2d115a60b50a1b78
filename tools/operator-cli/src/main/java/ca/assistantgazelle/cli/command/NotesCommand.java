package ca.assistantgazelle.cli.command;

import picocli.CommandLine.Command;

/** Explains and re-analyses technicians' notes. */
@Command(
        name = "notes",
        description = "Explains and re-analyses technicians' notes.",
        mixinStandardHelpOptions = true,
        subcommands = {ExplainNoteCommand.class, RecomputeNotesCommand.class})
final class NotesCommand {}
