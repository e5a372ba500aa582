package dev.freshet.table;

import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Finds data files that no version which can still be read will ever name: those that were written well before the
/// oldest such version and are not part of it. A commit never names a file older than half the age (see [FileAge]),
/// so a file that much older than a version either was part of it or came to nothing. Other engines may bring old
/// files back, so what the last commits added is spared too.
final class DeadFileSearch {
    private static final String DATA = ".parquet";

    /// A table with more commits than these within the age is written by us.
    private static final int MOST_COMMITS = 1000;

    private final Store store;
    private final String table;
    private final TableLog log;
    private final KernelLog kernel;
    private final FilePaths paths;

    DeadFileSearch(Store store, String table, TableLog log, KernelLog kernel, FilePaths paths) {
        this.store = store;
        this.table = table;
        this.log = log;
        this.kernel = kernel;
        this.paths = paths;
    }

    /// @param age how old, by the store's times, a file is at least, and how far back versions can be read
    ///
    /// @param now by the store's clock; at least the time of the log's newest file counts
    DeadFiles find(Duration age, StillNeeded needed, Instant now) {
        Set<String> spared = new HashSet<>(needed.files(table));
        OptionalLong oldestNeeded = needed.oldestVersion(table);
        LogListing listing = log.listing().asOf(now);
        Instant old = listing.newest().minus(age);
        Optional<Long> oldest = listing.firstNeeded(age, oldestNeeded);
        if (oldest.isEmpty()) {
            return DeadFiles.none(paths, age);
        }
        Instant made = listing.madeAt(oldest.get()).orElseThrow().minus(age.dividedBy(2));
        Instant limit = made.isBefore(old) ? made : old;
        List<StoredObject> candidates = new ArrayList<>();
        collect(table, limit, candidates);
        return candidates.isEmpty()
                ? DeadFiles.none(paths, age)
                : state(oldest.get())
                        .map(state -> dead(candidates, spared, state, listing, age))
                        .orElseGet(() -> DeadFiles.none(paths, age));
    }

    private DeadFiles dead(
            List<StoredObject> candidates, Set<String> spared, LogState state, LogListing listing, Duration age) {
        spared.addAll(DeadFiles.keys(paths, state));
        new History(log, listing.last())
                .back()
                .limit(MOST_COMMITS)
                .takeWhile(commit -> commit.version() > state.version())
                .forEach(commit -> commit.addedPaths().map(paths::path).forEach(path -> spare(path, spared)));
        return new DeadFiles(
                paths,
                age,
                candidates.stream().filter(file -> !spared.contains(file.key())).toList());
    }

    private void spare(String path, Set<String> spared) {
        if (!FilePaths.isAbsolute(path)) {
            spared.add(paths.key(path));
        }
    }

    private Optional<LogState> state(long version) {
        return log.kept(version, paths).or(() -> kernel.at(version));
    }

    /// Other engines keep files of other kinds in folders that begin with an underscore.
    private void collect(String folder, Instant limit, List<StoredObject> found) {
        store.list(folder, "").stream()
                .filter(file -> file.name().endsWith(DATA) && !file.name().startsWith("_"))
                .filter(file -> !file.modified().isAfter(limit))
                .forEach(found::add);
        store.folders(folder).stream()
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .forEach(name -> collect(folder + "/" + name, limit, found));
    }
}
