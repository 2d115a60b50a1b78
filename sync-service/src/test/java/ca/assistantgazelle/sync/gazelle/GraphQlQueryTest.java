package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.gazelle.GazelleGraphQlSchema;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphQlQueryTest {
    private static final GraphQLSchema SCHEMA =
            UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(GazelleGraphQlSchema.sdl()));

    @ParameterizedTest
    @EnumSource(GraphQlQuery.class)
    void everyDocumentIsValidAgainstGazellesSchema(GraphQlQuery query) {
        assertThat(new Validator().validateDocument(SCHEMA, Parser.parse(query.document()), Locale.ROOT))
                .isEmpty();
    }

    @Test
    void aDocumentWithAnUnknownFieldIsDetected() {
        assertThat(new Validator().validateDocument(SCHEMA, Parser.parse("{ allUsers { name } }"), Locale.ROOT))
                .hasSize(1);
    }
}
