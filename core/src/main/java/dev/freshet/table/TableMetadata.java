package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The `metaData` action: what a table is called and looks like. `head` holds what we keep as it is: id, name,
/// description, createdTime.
record TableMetadata(
        ObjectNode head,
        String schemaString,
        Schema schema,
        List<String> partitionColumns,
        Map<String, String> properties) {
    private static final List<String> HEAD = List.of("id", "name", "description", "createdTime");

    /// Properties of every table that we create. Kernel's own log cleaning trusts the local clock, so it is off.
    private static final Map<String, String> DEFAULTS =
            Map.of("delta.enableExpiredLogCleanup", "false", CheckpointWriter.INTERVAL_PROPERTY, "20");

    TableMetadata {
        partitionColumns = List.copyOf(partitionColumns);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    String id() {
        return head.path("id").asText();
    }

    /// The metadata of a table that is about to be created.
    static TableMetadata create(TableShape shape, String newId, long createdMillis) {
        ObjectNode head = Json.object();
        head.put("id", guid(newId));
        head.put("createdTime", createdMillis);
        return of(head, shape, DEFAULTS);
    }

    /// The same table in another shape.
    TableMetadata reshaped(TableShape shape) {
        boolean sameSchema = shape.schema().equals(schema);
        TableMetadata reshaped = of(head, shape, properties);
        return sameSchema
                ? new TableMetadata(head, schemaString, schema, reshaped.partitionColumns, reshaped.properties)
                : reshaped;
    }

    private static TableMetadata of(ObjectNode head, TableShape shape, Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putAll(shape.properties());
        return new TableMetadata(head, SchemaJson.write(shape.schema()), shape.schema(), shape.partitionColumns(), all);
    }

    private static String guid(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)).toString();
    }

    ObjectNode json() {
        ObjectNode node = head.deepCopy();
        ObjectNode format = node.putObject("format");
        format.put("provider", "parquet");
        format.putObject("options");
        node.put("schemaString", schemaString);
        partitionColumns.forEach(node.putArray("partitionColumns")::add);
        ObjectNode configuration = node.putObject("configuration");
        new TreeMap<>(properties).forEach(configuration::put);
        return node;
    }

    static TableMetadata parse(String table, JsonNode node) {
        ObjectNode head = Json.object();
        HEAD.stream().filter(node::hasNonNull).forEach(name -> head.set(name, node.get(name)));
        String schema = node.path("schemaString").asText();
        return new TableMetadata(
                head,
                schema,
                SchemaJson.parse(table, schema),
                partitionColumns(node.path("partitionColumns")),
                texts(node.path("configuration")));
    }

    private static List<String> partitionColumns(JsonNode array) {
        List<String> columns = new ArrayList<>();
        array.forEach(column -> columns.add(column.asText()));
        return columns;
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                texts.put(field.getKey(), field.getValue().asText());
            }
        });
        return texts;
    }
}
