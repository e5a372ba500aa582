package dev.freshet.rollup;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.CommittedChange;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.util.List;
import java.util.Optional;

/// The facts' table as a rollup reads it.
final class Facts {
    private final Store store;
    private final Source source;
    private final String time;
    private final DeltaTable table;

    Facts(Store store, Host host, RollupDefinition definition) {
        this.store = store;
        this.source = definition.source();
        this.time = definition.time();
        this.table = DeltaTable.withoutUpkeep(store, source.path(), host);
    }

    /// The column that says when a fact happened.
    String time() {
        return time;
    }

    /// Empty as long as there is no such table, or nothing but a fence in it.
    Optional<Snapshot> newest() {
        return table.latest().filter(Snapshot::hasColumns);
    }

    /// A version with all its data files.
    ///
    /// @throws FreshetException (UNKNOWN_ID) if it cannot be read any more
    Snapshot at(long version) {
        Snapshot snapshot = table.at(version);
        requireFiles(snapshot, snapshot.files());
        return snapshot;
    }

    /// What the commits after one version, up to another, changed.
    ///
    /// @throws FreshetException (UNKNOWN_ID) if that is not known any more
    List<CommittedChange> changes(long after, long to) {
        return table.changes(after, to);
    }

    /// @throws FreshetException (UNKNOWN_ID) if vacuum deleted one of the files
    void requireFiles(Snapshot snapshot, List<DataFile> files) {
        for (DataFile file : files) {
            if (store.stat(snapshot.key(file)).isEmpty()) {
                throw new FreshetException(
                        ErrorCode.UNKNOWN_ID,
                        "%s: the data file %s, which a version that is still to be read names, is deleted"
                                .formatted(source.name(), file.path()));
            }
        }
    }
}
