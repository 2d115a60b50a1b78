package ca.assistantgazelle.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.peers.gazelle.GazelleSchema;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryTest {
  private static final GraphQLSchema SCHEMA =
      UnExecutableSchemaGenerator.makeUnExecutableSchema(
          new SchemaParser().parse(GazelleSchema.sdl()));

  @ParameterizedTest
  @EnumSource(Query.class)
  void everyDocumentIsValidAgainstGazellesSchema(Query query) {
    assertThat(
            new Validator().validateDocument(SCHEMA, Parser.parse(query.document()), Locale.ROOT))
        .isEmpty();
  }

  @Test
  void aDocumentWithAWrongFieldWouldBeFound() {
    assertThat(
            new Validator()
                .validateDocument(SCHEMA, Parser.parse("{ allUsers { name } }"), Locale.ROOT))
        .hasSize(1);
  }
}
