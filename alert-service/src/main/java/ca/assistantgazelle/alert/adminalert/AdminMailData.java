package ca.assistantgazelle.alert.adminalert;

import java.util.List;

/** The content of a mail to the admin; texts as displayed, not escaped. */
public record AdminMailData(String subject, String intro, List<AdminMailSection> sections) {

    /**
     * One run.
     *
     * @param lines its facts, one per line
     * @param logTail empty when there is none
     */
    public record AdminMailSection(String title, List<String> lines, List<String> logTail, String link) {}
}
