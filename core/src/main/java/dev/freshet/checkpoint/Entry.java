package dev.freshet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.table.Fence;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A checkpoint as JSON, in the catalog and in markers.
final class Entry {
    private Entry() {}

    static ObjectNode of(Checkpoint checkpoint) {
        ObjectNode node = SealedJson.object();
        node.put("uuid", checkpoint.id().toString());
        node.put("identifier", checkpoint.identifier());
        node.put("fingerprint", checkpoint.fingerprintText());
        node.put("size", checkpoint.size().own());
        node.put("shared_size", checkpoint.size().shared());
        node.put("steps", checkpoint.steps());
        node.put("processed_records", checkpoint.processedRecords());
        return node;
    }

    /// @throws dev.freshet.error.FreshetException (CORRUPT) if it describes no checkpoint
    static Checkpoint read(String key, JsonNode node) {
        try {
            return new Checkpoint(
                    UUID.fromString(node.path("uuid").asText()),
                    node.path("identifier").isTextual()
                            ? node.path("identifier").asText()
                            : null,
                    HexFormat.fromHexDigitsToLong(node.path("fingerprint").asText()),
                    new CheckpointSize(
                            node.path("size").asLong(), node.path("shared_size").asLong()),
                    number(node.path("steps")),
                    number(node.path("processed_records")));
        } catch (IllegalArgumentException e) {
            throw Damage.found(key, "it describes no checkpoint: " + e.getMessage());
        }
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isIntegralNumber() ? node.asLong() : null;
    }

    static void put(ObjectNode node, Fence fence) {
        node.putArray("fence").add(fence.epoch()).add(fence.version());
    }

    static Fence fence(String key, JsonNode node) {
        JsonNode fence = node.path("fence");
        if (!fence.path(0).isIntegralNumber() || !fence.path(1).isIntegralNumber()) {
            throw Damage.found(key, "it has no fence");
        }
        return new Fence(fence.path(0).asLong(), fence.path(1).asLong());
    }
}
