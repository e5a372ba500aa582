package dev.freshet.table;

import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.util.List;
import java.util.Optional;

/// Finds a state to start from without Kernel, which takes long to get going in a new process: a kept state, or
/// the commits of a young log. What it finds counts only once [LogTail] has seen that its commit still has its
/// number.
final class LogStart {
    private final Store store;
    private final String table;
    private final TableLog log;
    private final FilePaths paths;

    LogStart(Store store, String table, TableLog log, FilePaths paths) {
        this.store = store;
        this.table = table;
        this.log = log;
        this.paths = paths;
    }

    /// @param listed the log from its last checkpoint on, or all of it
    Optional<LogState> state(List<StoredObject> listed) {
        Optional<String> kept = listed.stream()
                .map(StoredObject::key)
                .filter(key -> key.endsWith(KeptState.SUFFIX))
                .reduce((first, second) -> second);
        return kept.isPresent() ? kept(kept.get()) : young(listed);
    }

    private Optional<LogState> kept(String key) {
        try {
            LogState state = KeptState.read(table, paths, TableLog.version(key), store.read(key));
            return Optional.of(state);
        } catch (MissingObjectException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Without a checkpoint nothing was ever cleaned, so the commits from 0 on are the whole log.
    private Optional<LogState> young(List<StoredObject> listed) {
        boolean checkpointed = listed.stream().anyMatch(object -> TableLog.isCheckpoint(object.name()));
        long commits = listed.stream()
                .filter(object -> TableLog.isCommit(object.name()))
                .count();
        if (checkpointed || commits == 0 || commits > KeptState.MOST_COMMITS || !beginsAtZero(listed)) {
            return Optional.empty();
        }
        Replay replay = Replay.fromNothing(table, paths);
        for (long version = 0; version < commits; version++) {
            Optional<CommitFile> commit = log.find(version);
            if (commit.isEmpty()) {
                return Optional.empty();
            }
            replay.apply(commit.get());
        }
        return Optional.of(replay.state());
    }

    private static boolean beginsAtZero(List<StoredObject> listed) {
        return listed.stream().anyMatch(object -> object.name().equals(TableLog.digits(0) + ".json"));
    }
}
