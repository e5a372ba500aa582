package dev.freshet.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.delta.kernel.internal.SnapshotImpl;
import java.io.FileNotFoundException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Loads states of a log with Delta Kernel: checkpoints, time travel, tables that other engines wrote.
final class KernelLog {
    private final Store store;
    private final String table;
    private final TableLog log;
    private final FilePaths paths;

    KernelLog(Store store, String table, TableLog log, FilePaths paths) {
        this.store = store;
        this.table = table;
        this.log = log;
        this.paths = paths;
    }

    /// The newest state; empty when a file was lost while it was read, so that the caller lists again.
    Optional<LogState> newest() {
        return guarded("newest version", engine -> state(engine, newest(engine)));
    }

    Optional<LogState> at(long version) {
        return guarded("version " + version, engine -> state(engine, at(engine, version)));
    }

    /// The last state that was there at the time, by the store's times of the commit files.
    Optional<LogState> at(Instant time) {
        return guarded("the state at " + time, engine -> {
            Snapshot newest = newest(engine);
            return newest.getTimestamp(engine) <= time.toEpochMilli()
                    ? state(engine, newest)
                    : state(
                            engine,
                            TableManager.loadSnapshot(root())
                                    .atTimestamp(time.toEpochMilli(), newest)
                                    .build(engine));
        });
    }

    private Snapshot newest(Engine engine) {
        return TableManager.loadSnapshot(root()).build(engine);
    }

    Snapshot at(Engine engine, long version) {
        return TableManager.loadSnapshot(root()).atVersion(version).build(engine);
    }

    private String root() {
        return KernelFiles.path(table);
    }

    Optional<LogState> state(Engine engine, Snapshot snapshot) {
        SnapshotImpl loaded = (SnapshotImpl) snapshot;
        TableProtocol protocol = KernelActions.protocol(loaded.getProtocol());
        ObjectNode metadata = KernelActions.metadata(loaded.getMetadata());
        TableMetadata parsed = TableMetadata.parse(table, metadata);
        Support.requireReadable(table, protocol, parsed);
        return point(engine, snapshot)
                .map(point -> new LogState(
                        point,
                        protocol,
                        parsed,
                        KernelActions.domains(loaded),
                        KernelActions.files(engine, loaded, paths)));
    }

    private Optional<CommitPoint> point(Engine engine, Snapshot snapshot) {
        long version = snapshot.getVersion();
        Optional<CommitPoint> commit = log.find(version).map(CommitFile::point);
        if (commit.isPresent() || !log.hasCheckpointAt(version)) {
            return commit;
        }
        return Optional.of(new CommitPoint(version, "", Instant.ofEpochMilli(snapshot.getTimestamp(engine))));
    }

    private Optional<LogState> guarded(String what, Function<Engine, Optional<LogState>> load) {
        try {
            return load.apply(DefaultEngine.create(new KernelFiles(store)));
        } catch (FreshetException e) {
            throw e;
        } catch (UnsupportedTableFeatureException | UnsupportedProtocolVersionException e) {
            throw new FreshetException(ErrorCode.UNSUPPORTED, unreadable(what, e), e);
        } catch (RuntimeException e) {
            return lostOrFailed(what, e);
        }
    }

    private Optional<LogState> lostOrFailed(String what, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case FileNotFoundException _ -> {
                    return Optional.empty();
                }
                case StoreException failure -> throw failure;
                default -> {}
            }
        }
        String reason =
                e instanceof TableNotFoundException ? "its log holds no version" : String.valueOf(e.getMessage());
        throw new FreshetException(
                ErrorCode.TABLE_UNREADABLE, "table %s: %s cannot be read: %s".formatted(table, what, reason), e);
    }

    private String unreadable(String what, RuntimeException e) {
        return "table %s: %s cannot be read: %s".formatted(table, what, e.getMessage());
    }
}
