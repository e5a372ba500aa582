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

/// Finds data files that are old, that no version names which was the newest within some age or is still needed, and
/// that none will: a commit never names a file older than half the age (see [FileAge]). The commits of that time tell
/// what they named. Where they are too many to be read they are ours, which bring no old file back: then a file that is
/// half the age older than the first of them was part of that one's version or came to nothing.
final class DeadFileSearch {
    private static final String DATA = ".parquet";

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
        Optional<Long> first = listing.firstNeeded(age, oldestNeeded);
        List<StoredObject> candidates = new ArrayList<>();
        collect(table, old, candidates);
        Optional<LogState> state = candidates.isEmpty() ? Optional.empty() : first.flatMap(this::state);
        if (state.isEmpty()) {
            return DeadFiles.none(paths, age);
        }
        spared.addAll(DeadFiles.keys(paths, state.get()));
        Instant made = listing.madeAt(first.get()).orElseThrow().minus(age.dividedBy(2));
        Instant limit = spareLater(first.get(), listing.last(), spared) ? old : made;
        return new DeadFiles(
                paths,
                age,
                candidates.stream()
                        .filter(file -> !file.modified().isAfter(limit) && !spared.contains(file.key()))
                        .toList());
    }

    /// Whether all commits above the first version were read.
    private boolean spareLater(long first, long last, Set<String> spared) {
        List<CommitFile> commits = new History(log, last)
                .back()
                .limit(MOST_COMMITS)
                .takeWhile(commit -> commit.version() > first)
                .toList();
        commits.forEach(commit -> commit.addedPaths().map(paths::path).forEach(path -> spare(path, spared)));
        return commits.size() == last - first;
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
