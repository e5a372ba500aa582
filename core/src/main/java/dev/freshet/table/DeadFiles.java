package dev.freshet.table;

import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds data files that no version which can still be read will ever name: those that were written well before the
/// oldest such version and are not part of it. A commit never names a file older than half the age (see
/// [FencedWrite]), so a file that much older than a version either was part of it or came to nothing.
final class DeadFiles {
    private static final String DATA = ".parquet";

    private final Store store;
    private final String table;
    private final TableLog log;
    private final KernelLog kernel;
    private final FilePaths paths;

    DeadFiles(Store store, String table, TableLog log, KernelLog kernel, FilePaths paths) {
        this.store = store;
        this.table = table;
        this.log = log;
        this.kernel = kernel;
        this.paths = paths;
    }

    /// @param age how old, by the store's times, a file is at least
    List<StoredObject> find(Duration age) {
        LogListing listing = log.listing();
        Optional<Long> oldest = listing.oldestReadable();
        if (oldest.isEmpty()) {
            return List.of();
        }
        Instant made = listing.madeAt(oldest.get()).orElseThrow().minus(age.dividedBy(2));
        Instant old = listing.newest().minus(age);
        Instant limit = made.isBefore(old) ? made : old;
        List<StoredObject> candidates = new ArrayList<>();
        collect(table, limit, candidates);
        return candidates.isEmpty()
                ? candidates
                : state(oldest.get()).map(state -> without(candidates, state)).orElse(List.of());
    }

    /// Those of the files that this version does not name.
    List<StoredObject> without(List<StoredObject> files, LogState state) {
        Set<String> named = state.files().values().stream()
                .map(file -> paths.path(file.rawPath()))
                .filter(path -> !FilePaths.isAbsolute(path))
                .map(paths::key)
                .collect(Collectors.toCollection(HashSet::new));
        return files.stream().filter(file -> !named.contains(file.key())).toList();
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
