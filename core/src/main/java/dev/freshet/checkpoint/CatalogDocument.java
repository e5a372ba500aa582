package dev.freshet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.table.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One document of the catalog: all checkpoints that there are, oldest first. The newest document is the list.
///
/// @param writer what no other writer produces, so that the text tells whose document it is
/// @param fence of the lease that it was written under
record CatalogDocument(long number, String writer, Fence fence, List<Checkpoint> checkpoints) {
    CatalogDocument {
        checkpoints = List.copyOf(checkpoints);
    }

    static CatalogDocument read(long number, String key, byte[] content) {
        ObjectNode node = SealedJson.read(key, content);
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (JsonNode entry : node.path("checkpoints")) {
            checkpoints.add(Entry.read(key, entry));
        }
        return new CatalogDocument(number, node.path("writer").asText(), Entry.fence(key, node), checkpoints);
    }

    String text() {
        ObjectNode node = SealedJson.object().put("writer", writer);
        Entry.put(node, fence);
        ArrayNode entries = node.putArray("checkpoints");
        checkpoints.forEach(checkpoint -> entries.add(Entry.of(checkpoint)));
        return SealedJson.write(node);
    }

    Optional<Checkpoint> find(UUID id) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.id().equals(id))
                .findFirst();
    }

    CatalogDocument next(String nextWriter, List<Checkpoint> newList) {
        return new CatalogDocument(number + 1, nextWriter, fence, newList);
    }
}
