package dev.freshet.control;

import dev.freshet.error.FreshetException;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Finds the commits in which holders gave their last sign of life. A row does not say when that was; but from its
/// claim on, whose version is in its fence, a heartbeat is in every version after the one that brought it. So few
/// versions need to be looked at. Confined to one thread.
final class Heartbeats {
    /// Beyond that, what is known must do.
    private static final int MOST_READS = 64;

    private record Version(Rows rows, Instant committed) {}

    private final DeltaTable table;
    private final RowsFiles files;
    private final Map<Long, Optional<Version>> versions = new HashMap<>();

    Heartbeats(DeltaTable table, RowsFiles files) {
        this.table = table;
        this.files = files;
    }

    /// By task, for every task that somebody holds in that version.
    Map<String, Heartbeat> of(Snapshot newest) {
        Rows rows = files.read(newest);
        versions.put(newest.version(), Optional.of(new Version(rows, newest.timestamp())));
        Map<String, Heartbeat> found = new LinkedHashMap<>();
        for (TaskRow row : rows) {
            Fence fence = row.fence();
            if (row.isProcessing() && fence != null) {
                found.put(row.task(), of(row, fence.version(), newest.version()));
            }
        }
        return found;
    }

    private Heartbeat of(TaskRow held, long claim, long newest) {
        long first = Math.min(claim, newest);
        long last = newest;
        boolean exact = true;
        while (first < last) {
            long middle = first + (last - first) / 2;
            Optional<Version> looked = version(middle);
            if (looked.filter(version -> shows(version, held)).isPresent()) {
                last = middle;
            } else {
                first = middle + 1;
                exact = looked.isPresent();
            }
        }
        Instant at = version(last).map(Version::committed).orElseGet(held::claimedAt);
        return new Heartbeat(at, exact && version(last).isPresent());
    }

    private static boolean shows(Version version, TaskRow held) {
        return version.rows
                .of(held.task())
                .filter(row -> Objects.equals(row.token(), held.token()) && row.heartbeat() == held.heartbeat())
                .isPresent();
    }

    /// Empty if it was cleaned away, or when enough was read.
    private Optional<Version> version(long number) {
        Optional<Version> known = versions.get(number);
        if (known == null) {
            known = versions.size() < MOST_READS ? read(number) : Optional.empty();
            versions.put(number, known);
        }
        return known;
    }

    private Optional<Version> read(long number) {
        try {
            Snapshot snapshot = table.at(number);
            return Optional.of(new Version(files.readPast(snapshot), snapshot.timestamp()));
        } catch (FreshetException _) {
            return Optional.empty();
        }
    }
}
