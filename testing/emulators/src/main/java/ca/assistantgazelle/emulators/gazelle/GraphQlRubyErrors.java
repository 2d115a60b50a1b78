package ca.assistantgazelle.emulators.gazelle;

import graphql.GraphQLError;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Converts graphql-java errors to the format of the real server, which runs graphql-ruby. */
final class GraphQlRubyErrors {
    private static final Pattern UNDEFINED_FIELD = Pattern.compile("Field '(\\w+)' in type '(\\w+)' is undefined");
    private static final Pattern UNKNOWN_ARGUMENT = Pattern.compile("Unknown field argument '?(\\w+)'?");

    private GraphQlRubyErrors() {}

    static Map<String, Object> of(GraphQLError error) {
        var said = new LinkedHashMap<String, Object>();
        var undefined = UNDEFINED_FIELD.matcher(error.getMessage());
        var argument = UNKNOWN_ARGUMENT.matcher(error.getMessage());
        if (undefined.find()) {
            said.put(
                    "message", "Field '" + undefined.group(1) + "' doesn't exist on type '" + undefined.group(2) + "'");
            said.put("locations", locations(error));
            said.put("path", path(error));
            said.put(
                    "extensions",
                    Map.of("code", "undefinedField", "typeName", undefined.group(2), "fieldName", undefined.group(1)));
        } else if (argument.find()) {
            said.put("message", "Field doesn't accept argument '" + argument.group(1) + "'");
            said.put("locations", locations(error));
            said.put("path", path(error));
            said.put("extensions", Map.of("code", "argumentNotAccepted", "argumentName", argument.group(1)));
        } else {
            said.put("message", error.getMessage());
            said.put("locations", locations(error));
            said.put("path", path(error));
            if (error instanceof ValidationError invalid) {
                said.put("extensions", Map.of("code", code(invalid)));
            }
        }
        return said;
    }

    private static String code(ValidationError error) {
        var type = error.getValidationErrorType();
        if (type == ValidationErrorType.VariableTypeMismatch) {
            return "variableMismatch";
        }
        var name = String.valueOf(type);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static List<Map<String, Object>> locations(GraphQLError error) {
        return error.getLocations() == null
                ? List.of()
                : error.getLocations().stream()
                        .map(at -> Map.<String, Object>of("line", at.getLine(), "column", at.getColumn()))
                        .toList();
    }

    private static List<Object> path(GraphQLError error) {
        var path = new ArrayList<Object>();
        if (error instanceof ValidationError invalid) {
            // The path of a validation error refers to the query, that of an execution error to the data.
            path.add("query");
            path.addAll(invalid.getQueryPath() == null ? List.of() : invalid.getQueryPath());
        } else if (error.getPath() != null) {
            path.addAll(error.getPath());
        }
        return path;
    }
}
