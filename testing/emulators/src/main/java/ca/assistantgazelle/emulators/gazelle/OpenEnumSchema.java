package ca.assistantgazelle.emulators.gazelle;

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
 * Parses the SDL and replaces the enum types of output fields by String: the real server adds enum values without
 * notice, and tests must be able to store them. Enums are strings in JSON anyway. Arguments keep their enum types.
 */
final class OpenEnumSchema {
    private OpenEnumSchema() {}

    static TypeDefinitionRegistry parse(String sdl) {
        var registry = new SchemaParser().parse(sdl);
        for (var type : registry.getTypes(ObjectTypeDefinition.class)) {
            var fields = type.getFieldDefinitions().stream()
                    .map(field -> withOpenEnums(registry, field))
                    .toList();
            registry.remove(type);
            registry.add(type.transform(builder -> builder.fieldDefinitions(fields)));
        }
        return registry;
    }

    private static FieldDefinition withOpenEnums(TypeDefinitionRegistry registry, FieldDefinition field) {
        return field.transform(builder -> builder.type(withOpenEnums(registry, field.getType())));
    }

    private static Type<?> withOpenEnums(TypeDefinitionRegistry registry, Type<?> type) {
        return switch (type) {
            case NonNullType required ->
                NonNullType.newNonNullType(withOpenEnums(registry, required.getType()))
                        .build();
            case ListType list ->
                ListType.newListType(withOpenEnums(registry, list.getType())).build();
            case TypeName name
            when registry.types().get(name.getName()) instanceof EnumTypeDefinition ->
                TypeName.newTypeName("String").build();
            default -> type;
        };
    }
}
