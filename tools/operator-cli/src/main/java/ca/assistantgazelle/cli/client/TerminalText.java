package ca.assistantgazelle.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** Neutralises characters of an answer that could forge lines or control the terminal. */
final class TerminalText {
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private TerminalText() {}

    /** The same document; texts get U+FFFD in place of control characters. Changes the document. */
    static JsonNode neutralised(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(field -> field.setValue(neutralised(field.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, neutralised(array.get(i)));
                }
            }
            case TextNode text
            when CONTROL.matcher(text.textValue()).find() -> {
                return TextNode.valueOf(CONTROL.matcher(text.textValue()).replaceAll("\uFFFD"));
            }
            default -> {
                // Numbers and literals are safe.
            }
        }
        return node;
    }
}
