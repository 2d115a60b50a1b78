package ca.assistantgazelle.emulators.gazelle;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Consumer;

/** The API's custom scalars. Output is returned as stored; input is validated. */
final class GazelleScalars {
    static final GraphQLScalarType CORE_DATE = scalar("CoreDate", LocalDate::parse);
    static final GraphQLScalarType CORE_DATE_TIME = scalar("CoreDateTime", OffsetDateTime::parse);
    static final GraphQLScalarType I18N_STRING = scalar("I18nString", text -> {});

    private GazelleScalars() {}

    private static GraphQLScalarType scalar(String name, Consumer<String> check) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new ValidatingCoercing(name, check))
                .build();
    }

    private record ValidatingCoercing(String name, Consumer<String> check) implements Coercing<Object, Object> {
        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            return result;
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            try {
                check.accept(String.valueOf(input));
                return input;
            } catch (DateTimeException e) {
                throw new CoercingParseValueException("Could not coerce value \"" + input + "\" to " + name, e);
            }
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof StringValue text) {
                try {
                    return parseValue(text.getValue(), context, locale);
                } catch (CoercingParseValueException e) {
                    throw new CoercingParseLiteralException(e.getMessage(), e);
                }
            }
            throw new CoercingParseLiteralException("Could not coerce value to " + name);
        }
    }
}
