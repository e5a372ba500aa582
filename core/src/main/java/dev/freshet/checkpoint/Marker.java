package dev.freshet.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.table.Fence;
import java.util.Comparator;

/// The file `CHECKPOINT`, written when everything else of a checkpoint is there: what the catalog says of it, so
/// that a lost catalog can be made again.
///
/// @param number of the catalog's document that was to list it
record Marker(long number, Fence fence, Checkpoint checkpoint) {
    /// The order in which checkpoints were listed.
    static final Comparator<Marker> ORDER = Comparator.comparing(Marker::fence)
            .thenComparingLong(Marker::number)
            .thenComparing(marker -> marker.checkpoint().id());

    static Marker read(String key, byte[] content) {
        ObjectNode node = SealedJson.read(key, content);
        return new Marker(
                node.path("number").asLong(), Entry.fence(key, node), Entry.read(key, node.path("checkpoint")));
    }

    String text() {
        ObjectNode node = SealedJson.object().put("number", number);
        Entry.put(node, fence);
        node.set("checkpoint", Entry.of(checkpoint));
        return SealedJson.write(node);
    }
}
