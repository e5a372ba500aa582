package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A data file that a snapshot holds, with what is needed to remove it by the very words that added it.
record ActiveFile(DataFile file, String rawPath, @Nullable JsonNode deletionVector) {
    /// What the protocol's log replay tells files apart by.
    record Key(String path, String deletionVector) {}

    Key key() {
        return key(rawPath, deletionVector);
    }

    static Key key(String rawPath, @Nullable JsonNode deletionVector) {
        return new Key(FilePaths.decode(rawPath), deletionVectorId(deletionVector));
    }

    private static String deletionVectorId(@Nullable JsonNode vector) {
        if (vector == null || vector.isNull()) {
            return "";
        }
        String id = vector.path("storageType").asText()
                + vector.path("pathOrInlineDv").asText();
        return vector.hasNonNull("offset") ? id + "@" + vector.get("offset").asInt() : id;
    }

    /// Rows that a reader sees.
    OptionalLong rows() {
        OptionalLong written = file.statistics().rows();
        if (deletionVector == null || written.isEmpty()) {
            return written;
        }
        return OptionalLong.of(
                written.getAsLong() - deletionVector.path("cardinality").asLong());
    }

    ObjectNode removal(Iterable<String> partitionColumns, Instant now, boolean dataChange) {
        ObjectNode node = Json.object();
        node.put("path", rawPath);
        node.put("deletionTimestamp", now.toEpochMilli());
        node.put("dataChange", dataChange);
        node.put("extendedFileMetadata", true);
        node.set("partitionValues", partitionValues(partitionColumns, file.partition()));
        node.put("size", file.bytes());
        if (deletionVector != null) {
            node.set("deletionVector", deletionVector);
        }
        return node;
    }

    /// As the state's log has it, for readers of the state.
    ObjectNode addition(LogState state) {
        ObjectNode node = addition(file, state.metadata().partitionColumns(), false);
        node.put("path", rawPath);
        if (deletionVector != null) {
            node.set("deletionVector", deletionVector);
        }
        return node;
    }

    static ObjectNode addition(DataFile file, Iterable<String> partitionColumns, boolean dataChange) {
        ObjectNode node = Json.object();
        node.put("path", FilePaths.encode(file.path()));
        node.set("partitionValues", partitionValues(partitionColumns, file.partition()));
        node.put("size", file.bytes());
        node.put("modificationTime", file.modified().toEpochMilli());
        node.put("dataChange", dataChange);
        if (!file.statistics().json().isEmpty()) {
            node.put("stats", file.statistics().json());
        }
        return node;
    }

    private static ObjectNode partitionValues(Iterable<String> columns, Map<String, String> values) {
        ObjectNode node = Json.object();
        columns.forEach(column -> node.put(column, values.get(column)));
        return node;
    }
}
