package ca.assistantgazelle.alert.adminalert;

import java.util.List;
import java.util.UUID;

/**
 * A notification that is about to be mailed.
 *
 * @param attempts number of attempts of the run; 0 when none was made
 * @param logTail last log lines of its last attempt, already redacted
 * @param announcement of a recovery: the Message-ID of the mail that reported the failure; null when there is none
 */
record ClaimedAdminNotification(
        UUID id, AdminNotification notification, int attempts, List<String> logTail, String announcement) {}
