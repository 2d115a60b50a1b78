package ca.assistantgazelle.runtime.redaction;

import java.util.List;
import java.util.regex.Pattern;

/** Removes secrets and personal data from text that is logged, published or displayed. */
public final class SecretRedaction {
    private record RedactionRule(Pattern pattern, String replacement) {}

    private static final List<RedactionRule> RULES = List.of(
            rule("(?i)(bearer|basic)\\s+[a-z0-9._~+/=-]{6,}", "$1 [secret]"),
            rule(
                    "(?i)([\"']?(?:authorization|x-gazelle-api-key|api[_-]?key|access[_-]?token|refresh[_-]?token|client[_-]?secret|password|pgpassword|secret)[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',;&}]+",
                    "$1[secret]"),
            rule("(?i)://[^\\s/@:]+:[^\\s/@]+@", "://[secret]@"),
            rule("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.[\\p{L}]{2,}", "[courriel]"),
            rule(
                    "(?<![\\p{L}\\p{N}-])(?:\\+?1[ .-]?)?\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]\\d{4}(?![\\p{L}\\p{N}-])",
                    "[téléphone]"),
            rule("(?i)\\bDETAIL:.*", "[detail]"));

    private SecretRedaction() {}

    /** The redacted text; null stays null. */
    public static String redact(String text) {
        if (text == null) {
            return null;
        }
        var redacted = text;
        for (var rule : RULES) {
            redacted = rule.pattern.matcher(redacted).replaceAll(rule.replacement);
        }
        return redacted;
    }

    private static RedactionRule rule(String pattern, String replacement) {
        return new RedactionRule(Pattern.compile(pattern), replacement);
    }
}
