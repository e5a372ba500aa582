package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A table's columns in the schema format of the Delta protocol.
final class SchemaJson {
    private SchemaJson() {}

    static String write(Schema schema) {
        ObjectNode struct = Json.object();
        struct.put("type", "struct");
        ArrayNode fields = struct.putArray("fields");
        schema.columns().forEach(column -> fields.add(field(column)));
        return Json.text(struct);
    }

    private static ObjectNode field(Column column) {
        ObjectNode field = Json.object();
        field.put("name", column.name());
        field.set("type", type(column.type()));
        field.put("nullable", column.nullable());
        ObjectNode metadata = field.putObject("metadata");
        new TreeMap<>(column.metadata()).forEach(metadata::put);
        return field;
    }

    private static JsonNode type(ColumnType type) {
        return switch (type) {
            case ColumnType.Simple simple -> Json.of(simple.deltaName());
            case ColumnType.Decimal decimal -> Json.of(decimal.deltaName());
            case ColumnType.Array array -> {
                ObjectNode node = Json.object();
                node.put("type", "array");
                node.set("elementType", type(array.element()));
                node.put("containsNull", true);
                yield node;
            }
        };
    }

    /// @throws FreshetException if a column has a type that we have none for
    static Schema parse(String table, String json) {
        List<Column> columns = new ArrayList<>();
        Json.parse(json).path("fields").forEach(field -> columns.add(column(table, field)));
        return new Schema(columns);
    }

    private static Column column(String table, JsonNode field) {
        String name = field.path("name").asText();
        return new Column(
                name,
                type(table + ": column '" + name + "'", field.path("type")),
                field.path("nullable").asBoolean(true),
                metadata(field.path("metadata")));
    }

    private static ColumnType type(String where, JsonNode type) {
        if (type.path("type").asText().equals("array")) {
            return new ColumnType.Array(type(where, type.path("elementType")));
        }
        String name = type.isTextual() ? type.asText() : type.path("type").asText();
        try {
            return ColumnType.parse(name);
        } catch (IllegalArgumentException e) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED, "table " + where + " has the type " + name + ", which is not supported", e);
        }
    }

    /// Values that are no text, such as other engines write, are kept as their JSON.
    private static Map<String, String> metadata(JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            metadata.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
        });
        return metadata;
    }
}
