package dev.freshet.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.replay.CreateCheckpointIterator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes classic checkpoints, from what Kernel loads out of the log and never from a state of our own, so that a
/// mistake of ours could not spread. Another process may have written the same one: then there is nothing to do.
final class CheckpointWriter {
    static final String INTERVAL_PROPERTY = "delta.checkpointInterval";

    private static final long DEFAULT_INTERVAL = 10;
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    private final Store store;
    private final String table;
    private final TableLog log;
    private final KernelLog kernel;

    CheckpointWriter(Store store, String table, TableLog log, KernelLog kernel) {
        this.store = store;
        this.table = table;
        this.log = log;
        this.kernel = kernel;
    }

    /// Writes the checkpoint that is due with this commit, if any. A commit does not fail because this does.
    void afterCommit(LogState state) {
        if (state.version() > 0 && state.version() % interval(state.metadata()) == 0) {
            try {
                write(state.version());
            } catch (FreshetException e) {
                LOG.warn("table {}: no checkpoint of version {}: {}", table, state.version(), e.getMessage());
            }
        }
    }

    private static long interval(TableMetadata metadata) {
        try {
            return Math.max(1, Long.parseLong(metadata.properties().getOrDefault(INTERVAL_PROPERTY, "10")));
        } catch (NumberFormatException _) {
            return DEFAULT_INTERVAL;
        }
    }

    void write(long version) {
        KernelFiles files = new KernelFiles(store);
        long actions;
        try {
            actions = catchCheckpoint(DefaultEngine.create(files), version);
        } catch (IOException | RuntimeException e) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table %s: version %d cannot be made a checkpoint: %s".formatted(table, version, e.getMessage()),
                    e);
        }
        store.putIfAbsent(log.checkpointKey(version), files.caught());
        store.hint(log.lastCheckpointKey(), pointer(version, actions));
    }

    private long catchCheckpoint(Engine engine, long version) throws IOException {
        try (CreateCheckpointIterator actions = kernel.at(engine, version).getCreateCheckpointIterator(engine)) {
            engine.getParquetHandler()
                    .writeParquetFileAtomically(KernelFiles.path(log.checkpointKey(version)), actions);
            return actions.getNumberOfAddActions();
        }
    }

    private static byte[] pointer(long version, long actions) {
        ObjectNode node = Json.object();
        node.put("version", version);
        node.put("size", actions);
        return Json.text(node).getBytes(StandardCharsets.UTF_8);
    }
}
