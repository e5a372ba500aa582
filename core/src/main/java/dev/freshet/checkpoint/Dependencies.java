package dev.freshet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Every file that one checkpoint needs: `dependencies.json`.
record Dependencies(UUID id, List<OwnedFile> owned, List<BorrowedFile> borrowed) {
    Dependencies {
        owned = List.copyOf(owned);
        borrowed = List.copyOf(borrowed);
    }

    static Dependencies read(UUID id, String key, byte[] content) {
        ObjectNode node = SealedJson.read(key, content);
        if (!node.path("checkpoint").asText().equals(id.toString())) {
            throw Damage.found(key, "it belongs to checkpoint " + node.path("checkpoint"));
        }
        List<OwnedFile> owned = new ArrayList<>();
        for (JsonNode file : node.path("owned")) {
            owned.add(new OwnedFile(
                    file.path("path").asText(),
                    file.path("bytes").asLong(),
                    file.path("sha256").asText()));
        }
        List<BorrowedFile> borrowed = new ArrayList<>();
        for (JsonNode file : node.path("borrowed")) {
            borrowed.add(new BorrowedFile(
                    file.path("path").asText(), file.path("bytes").asLong()));
        }
        return new Dependencies(id, owned, borrowed);
    }

    String text() {
        ObjectNode node = SealedJson.object().put("checkpoint", id.toString());
        ArrayNode ours = node.putArray("owned");
        owned.forEach(file -> ours.addObject()
                .put("path", file.path())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256()));
        ArrayNode theirs = node.putArray("borrowed");
        borrowed.forEach(file -> theirs.addObject().put("path", file.key()).put("bytes", file.bytes()));
        return SealedJson.write(node);
    }

    /// The data files that lie beside the checkpoints.
    Stream<OwnedFile> shared() {
        return owned.stream().filter(file -> !file.isStateOf(id));
    }

    Stream<OwnedFile> states() {
        return owned.stream().filter(file -> file.isStateOf(id));
    }

    CheckpointSize size() {
        return new CheckpointSize(
                states().mapToLong(OwnedFile::bytes).sum(),
                shared().mapToLong(OwnedFile::bytes).sum());
    }
}
