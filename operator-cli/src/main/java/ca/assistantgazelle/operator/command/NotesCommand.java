package ca.assistantgazelle.operator.command;

import picocli.CommandLine.Command;

/** What technicians' notes say. */
@Command(
    name = "notes",
    description = "What technicians' notes say.",
    mixinStandardHelpOptions = true,
    subcommands = {ExplainNoteCommand.class, RecomputeNotesCommand.class})
final class NotesCommand {}
