package dev.freshet.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.checkpoint.StateFormat;
import dev.freshet.schedule.RunContext;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// What a split is a split of: of this work, on a table with this schema and this key, for a dataset at this
/// position. Splits of different origins never make one copy.
record Origin(String work, String schema, String key, String position) {
    static final StateFormat<List<String>> FORMAT = StateFormat.list(StateFormat.TEXT);

    static Origin of(RunContext context, Ingest ingest, SourceTable table) {
        return new Origin(
                ingest.work(),
                table.schema().fingerprint(),
                table.key().orElse(""),
                context.startedFrom().json());
    }

    static Origin of(List<String> texts) {
        return new Origin(texts.get(0), texts.get(1), texts.get(2), texts.get(3));
    }

    List<String> texts() {
        return List.of(work, schema, key, position);
    }

    /// Why what was begun from this cannot be continued now; empty if it can.
    Optional<String> changed(Origin now) {
        if (!position.equals(now.position)) {
            return Optional.of("the dataset has been replaced since it was begun");
        }
        if (!work.equals(now.work)) {
            return Optional.of("the definition has changed since it was begun");
        }
        if (!schema.equals(now.schema)) {
            return Optional.of("the table's columns have changed since it was begun");
        }
        return key.equals(now.key)
                ? Optional.empty()
                : Optional.of("the table's key has changed since it was begun, from %s to %s".formatted(key, now.key));
    }

    /// As checkpoints want it.
    long fingerprint() {
        try {
            byte[] text = String.join("\n", texts()).getBytes(UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
