package dev.freshet;

import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.control.ControlTable;
import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.rollup.RollupNeeds;
import dev.freshet.store.Store;
import dev.freshet.table.StillNeeded;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/// What the tasks of a lake still need of its tables: versions that rollups have to read, files that checkpoints
/// borrowed, and time for the longest lease.
record LakeNeeds(Store store, Host host, ControlTable control) implements StillNeeded {
    @Override
    public OptionalLong oldestVersion(String table) {
        return RollupNeeds.oldestVersion(store, host, table);
    }

    @Override
    public Duration longestLease() {
        return control.rows().stream()
                .map(TaskRow::leaseLength)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public Set<String> files(String table) {
        Set<String> files = new LinkedHashSet<>(Checkpoints.borrowed(store, host));
        files.removeIf(key -> !key.startsWith(table + "/"));
        return files;
    }
}
