package dev.freshet.rollup;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// Which versions of a table rollups still have to read, for whoever cleans logs and deletes files.
public final class RollupNeeds {
    private static final String FOLDER = "rollups";

    private RollupNeeds() {}

    /// The lowest version that a rollup made from the table stands at or works from; empty when there is no such
    /// rollup.
    /// Reads the state of every rollup in the lake; one that cannot be read is an error, for it might need any version.
    ///
    /// @param table the folder of the facts
    public static OptionalLong oldestVersion(Store store, Host host, String table) {
        return store.folders(FOLDER).stream()
                .flatMapToLong(name -> needed(DeltaTable.withoutUpkeep(store, FOLDER + "/" + name, host), table))
                .min();
    }

    private static LongStream needed(DeltaTable rollup, String table) {
        return rollup
                .latest()
                .flatMap(RollupState::in)
                .filter(state -> state.source().equals(table))
                .stream()
                .flatMapToLong(state -> {
                    Pass pass = state.pass();
                    return LongStream.of(state.processedVersion(), pass == null ? -1 : pass.version());
                })
                .filter(version -> version >= 0);
    }
}
