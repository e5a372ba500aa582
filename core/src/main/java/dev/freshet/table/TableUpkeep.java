package dev.freshet.table;

import dev.freshet.error.FreshetException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keeps a table from growing without bound, done by whoever commits: checkpoints, and the cleaning of the log
/// below them. A commit does not fail because this does; what is left undone is done after a later one.
final class TableUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TableUpkeep.class);

    private final String table;
    private final CheckpointWriter checkpoints;
    private final LogCleaner cleaner;

    TableUpkeep(String table, CheckpointWriter checkpoints, LogCleaner cleaner) {
        this.table = table;
        this.checkpoints = checkpoints;
        this.cleaner = cleaner;
    }

    /// What is due with this version, if anything.
    void after(long version, LogState state, LogRetention retention) {
        quietly("no checkpoint of version " + version, () -> checkpoints.after(version, state));
        if (retention.isDueAt(version) && !Support.isProtectedFromCleaning(state.protocol())) {
            quietly("its log is not cleaned", () -> cleaner.clean(retention, OptionalLong.empty()));
        }
    }

    void quietly(String failure, Runnable work) {
        try {
            work.run();
        } catch (FreshetException | LinkageError e) {
            LOG.warn("table {}: {}: {}", table, failure, e.getMessage());
        }
    }
}
