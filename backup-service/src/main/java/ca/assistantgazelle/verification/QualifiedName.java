package ca.assistantgazelle.verification;

import java.util.regex.Pattern;

/**
 * Names as different programs quote them: which words need quotes differs from version to version.
 */
final class QualifiedName {
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^.\"]+)");

  private QualifiedName() {}

  /** Without any quotes, its parts apart by a character that no name holds. */
  static String plain(String qualified) {
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
