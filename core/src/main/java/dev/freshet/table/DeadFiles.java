package dev.freshet.table;

import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Data files that vacuum deletes: first a marker takes the table's next version, so that a put which was decided
/// before, and which may name one of them, has lost its number; only then they go. What the version below the marker
/// names is spared. Confined to one thread.
public final class DeadFiles {
    private static final String OPERATION = "VACUUM START";

    private final FilePaths paths;
    private final Duration age;
    private List<StoredObject> files;

    DeadFiles(FilePaths paths, Duration age, List<StoredObject> files) {
        this.paths = paths;
        this.age = age;
        this.files = List.copyOf(files);
    }

    static DeadFiles none(FilePaths paths, Duration age) {
        return new DeadFiles(paths, age, List.of());
    }

    /// The keys of the files that a version names.
    static Set<String> keys(FilePaths paths, LogState state) {
        Set<String> named = new HashSet<>();
        for (ActiveFile file : state.files().values()) {
            String path = paths.path(file.rawPath());
            if (!FilePaths.isAbsolute(path)) {
                named.add(paths.key(path));
            }
        }
        return named;
    }

    public int count() {
        return files.size();
    }

    public long bytes() {
        return files.stream().mapToLong(StoredObject::size).sum();
    }

    /// The marker to commit right above this version; empty when it names all of the files, or there are none.
    public Optional<Change> marker(Snapshot newest) {
        Set<String> named = keys(paths, newest.state());
        files = files.stream().filter(file -> !named.contains(file.key())).toList();
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(Change.of(OPERATION)
                        .withoutDataChange()
                        .info("operationParameters", Map.of("specifiedRetentionMillis", Long.toString(age.toMillis())))
                        .info("operationMetrics", metrics()));
    }

    private Map<String, String> metrics() {
        Map<String, String> metrics = new TreeMap<>();
        metrics.put("numFilesToDelete", Integer.toString(count()));
        metrics.put("sizeOfDataToDelete", Long.toString(bytes()));
        return metrics;
    }

    /// Deletes them. The marker must be committed.
    ///
    /// @param before done before each one; it may throw to keep the others
    public void delete(Store store, Runnable before) {
        for (StoredObject file : files) {
            before.run();
            store.delete(file.key());
        }
    }
}
