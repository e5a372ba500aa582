package dev.freshet.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import io.delta.kernel.Snapshot;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.replay.CreateCheckpointIterator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Writes classic checkpoints, from what Kernel loads out of the log and never from a state of our own, so that a
/// mistake of ours could not outlast the next one; between those that lie far apart, states to start from. Another
/// process may have written the same one: then there is nothing to do.
final class CheckpointWriter {
    static final String INTERVAL_PROPERTY = "delta.checkpointInterval";

    private static final long DEFAULT_INTERVAL = 10;

    private final Store store;
    private final Puts puts;
    private final String table;
    private final TableLog log;
    private final KernelLog kernel;

    CheckpointWriter(Store store, Puts puts, String table, TableLog log, KernelLog kernel) {
        this.store = store;
        this.puts = puts;
        this.table = table;
        this.log = log;
        this.kernel = kernel;
    }

    /// What is due with a version, whose state or a later one this is.
    void after(long version, LogState state) {
        if (isDueAt(version, interval(state.metadata()))) {
            write(version);
        } else if (KeptState.isDueAt(version)) {
            keep(state);
        }
    }

    /// Whoever should have written the last one may have died before it did: with a version at which a state is due
    /// that is made good.
    private boolean isDueAt(long version, long interval) {
        return version > 0
                && (version % interval == 0
                        || (KeptState.isDueAt(version)
                                && version - log.lastCheckpoint().orElse(0L) >= interval));
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
        try {
            write(version, DefaultEngine.create(files), files);
        } catch (FreshetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table %s: version %d cannot be made a checkpoint: %s".formatted(table, version, e.getMessage()),
                    e);
        }
    }

    private void write(long version, Engine engine, KernelFiles files) throws IOException {
        Snapshot snapshot = kernel.at(engine, version);
        long actions;
        try (CreateCheckpointIterator rows = snapshot.getCreateCheckpointIterator(engine)) {
            engine.getParquetHandler().writeParquetFileAtomically(KernelFiles.path(log.checkpointKey(version)), rows);
            actions = rows.getNumberOfAddActions();
        }
        put(log.checkpointKey(version), files.caught());
        kernel.state(engine, snapshot).ifPresent(this::keep);
        store.hint(log.lastCheckpointKey(), pointer(version, actions));
    }

    private void keep(LogState state) {
        if (state.point().hasCommit() && state.files().size() <= KeptState.MOST_FILES) {
            put(log.stateKey(state.version()), KeptState.write(state));
        }
    }

    /// Whoever was first wrote the same; whoever does not know makes the next one.
    private void put(String key, byte[] content) {
        PutAnswer _ = puts.put(key, content);
    }

    private static byte[] pointer(long version, long actions) {
        ObjectNode node = Json.object();
        node.put("version", version);
        node.put("size", actions);
        return Json.text(node).getBytes(StandardCharsets.UTF_8);
    }
}
