package ca.assistantgazelle.backup.verification;

import java.util.regex.Pattern;

/**
 * Compares qualified names that were quoted by different programs; the keywords that need quotes differ between
 * versions.
 */
final class QualifiedTableName {
    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^.\"]+)");

    private QualifiedTableName() {}

    /** Removes the quotes and joins the parts with NUL, which cannot occur in a name. */
    static String unquoted(String qualified) {
        var plain = new StringBuilder();
        var part = PART.matcher(qualified);
        while (part.find()) {
            if (!plain.isEmpty()) {
                plain.append('\0');
            }
            plain.append(part.group(1) == null ? part.group(2) : part.group(1).replace("\"\"", "\""));
        }
        return plain.toString();
    }
}
