package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.StoredObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest state of a log, kept between calls: only commits made since are read. Safe for use by many threads;
/// any state once seen serves as a base, so the field needs no lock.
final class LogTail {
    /// How often a reader lists again that lost a file to cleaning.
    private static final int MOST_LISTINGS = 5;

    private final String table;
    private final TableLog log;
    private final FilePaths paths;
    private final LogStart start;
    private final KernelLog kernel;
    private volatile @Nullable LogState known;

    LogTail(String table, TableLog log, FilePaths paths, LogStart start, KernelLog kernel) {
        this.table = table;
        this.log = log;
        this.paths = paths;
        this.start = start;
        this.kernel = kernel;
    }

    /// Empty when there certainly is no table.
    Optional<LogState> newest() {
        LogState base = known;
        Optional<LogState> next = base == null ? Optional.empty() : forward(base);
        return next.or(this::load);
    }

    /// The last state seen, which need not be the newest.
    Optional<LogState> known() {
        return Optional.ofNullable(known);
    }

    void advance(LogState state) {
        known = state;
    }

    /// The base must still have its number **after** the next number was found free: numbers go in ascending
    /// order, so that proves that the free one was not cleaned away.
    private Optional<LogState> forward(LogState base) {
        if (!base.point().hasCommit()) {
            return Optional.empty();
        }
        LogState state = base;
        Optional<CommitFile> next = log.find(base.version() + 1);
        if (next.isPresent()) {
            Replay replay = Replay.from(table, paths, base);
            long last = base.version() + KeptState.MOST_COMMITS;
            for (; next.isPresent(); next = log.find(next.get().version() + 1)) {
                if (next.get().version() > last) {
                    return Optional.empty();
                }
                replay.apply(next.get());
            }
            state = replay.state();
        }
        if (!log.holds(base.point())) {
            return Optional.empty();
        }
        known = state;
        return Optional.of(state);
    }

    private Optional<LogState> load() {
        for (int listing = 1; listing <= MOST_LISTINGS; listing++) {
            List<StoredObject> listed = log.list();
            if (listed.isEmpty() && log.isAbsent()) {
                known = null;
                return Optional.empty();
            }
            Optional<LogState> loaded =
                    start.state(listed).flatMap(this::forward).or(kernel::newest);
            if (loaded.isPresent()) {
                known = loaded.get();
                return loaded;
            }
        }
        throw new FreshetException(
                ErrorCode.TABLE_UNREADABLE,
                "table " + table + " cannot be read: files of its log disappear faster than they can be read");
    }
}
