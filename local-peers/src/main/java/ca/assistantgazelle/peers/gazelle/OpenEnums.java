package ca.assistantgazelle.peers.gazelle;

import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;

/**
 * The schema with fields that may hold any value where the SDL lists some: the real server gains
 * values without notice, and a test must be able to store one. On the wire an enum is a text
 * anyway. Arguments keep their closed sets.
 */
final class OpenEnums {
  private OpenEnums() {}

  static TypeDefinitionRegistry in(String sdl) {
    var registry = new SchemaParser().parse(sdl);
    for (var type : registry.getTypes(ObjectTypeDefinition.class)) {
      var fields =
          type.getFieldDefinitions().stream().map(field -> opened(registry, field)).toList();
      registry.remove(type);
      registry.add(type.transform(builder -> builder.fieldDefinitions(fields)));
    }
    return registry;
  }

  private static FieldDefinition opened(TypeDefinitionRegistry registry, FieldDefinition field) {
    return field.transform(builder -> builder.type(opened(registry, field.getType())));
  }

  private static Type<?> opened(TypeDefinitionRegistry registry, Type<?> type) {
    return switch (type) {
      case NonNullType required ->
          NonNullType.newNonNullType(opened(registry, required.getType())).build();
      case ListType list -> ListType.newListType(opened(registry, list.getType())).build();
      case TypeName name when registry.types().get(name.getName()) instanceof EnumTypeDefinition ->
          TypeName.newTypeName("String").build();
      default -> type;
    };
  }
}
