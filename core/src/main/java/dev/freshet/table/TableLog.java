package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import java.util.Optional;

/// The numbered files of one table's log.
final class TableLog {
    private static final String CHECKPOINT = ".checkpoint";

    private final Store store;
    private final String table;

    TableLog(Store store, String table) {
        this.store = store;
        this.table = table;
    }

    String folder() {
        return table + "/_delta_log";
    }

    String commitKey(long version) {
        return folder() + "/" + digits(version) + ".json";
    }

    String checkpointKey(long version) {
        return folder() + "/" + digits(version) + CHECKPOINT + ".parquet";
    }

    String lastCheckpointKey() {
        return folder() + "/_last_checkpoint";
    }

    /// Whether the store was reached and knows of no log at all.
    boolean isAbsent() {
        return store.list(folder(), "").isEmpty() && store.folders(folder()).isEmpty();
    }

    Optional<CommitFile> find(long version) {
        byte[] bytes;
        try {
            bytes = store.read(commitKey(version));
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
        return Optional.of(parse(version, bytes));
    }

    private CommitFile parse(long version, byte[] bytes) {
        try {
            return CommitFile.parse(version, bytes);
        } catch (IllegalArgumentException e) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table %s: version %d cannot be read: its commit file is broken: %s"
                            .formatted(table, version, e.getMessage()),
                    e);
        }
    }

    /// Whether this very commit still has its number.
    boolean holds(CommitPoint point) {
        return find(point.version())
                .filter(commit -> commit.id().equals(point.id()))
                .isPresent();
    }

    boolean hasCheckpointAt(long version) {
        return store.list(folder(), digits(version)).stream()
                .takeWhile(object -> object.name().startsWith(digits(version)))
                .anyMatch(object -> isCheckpoint(object.name()));
    }

    boolean hasCheckpointFrom(long version) {
        return store.list(folder(), digits(version)).stream().anyMatch(object -> isCheckpoint(object.name()));
    }

    static boolean isCheckpoint(String name) {
        return name.length() > 20 && name.startsWith(CHECKPOINT, 20);
    }

    static String digits(long version) {
        return "%020d".formatted(version);
    }
}
