package dev.freshet.table;

import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// Deletes a table's dead data files. First a marker takes the next version, so that a put which was decided before,
/// and which may name one of them, has lost its number; what the version below the marker names is spared.
final class Vacuum {
    static final String OPERATION = "VACUUM START";

    /// Others' commits are more urgent.
    private static final int TRIES = 5;

    private final Store store;
    private final DeltaTable table;
    private final DeadFiles deadFiles;

    Vacuum(Store store, DeltaTable table, DeadFiles deadFiles) {
        this.store = store;
        this.table = table;
        this.deadFiles = deadFiles;
    }

    void run(Duration age) {
        List<StoredObject> found = deadFiles.find(age);
        AtomicReference<List<StoredObject>> dead = new AtomicReference<>(found);
        CommitOutcome marked = table.commit(
                newest -> {
                    dead.set(newest.map(Snapshot::state)
                            .map(state -> deadFiles.without(found, state))
                            .orElse(List.of()));
                    return dead.get().isEmpty()
                            ? new Decision.Stop(new CommitOutcome.Conflict("nothing is dead"))
                            : new Decision.Write(marker(dead.get(), age));
                },
                TRIES);
        if (marked instanceof CommitOutcome.Committed) {
            dead.get().stream().map(StoredObject::key).forEach(store::delete);
        }
    }

    private static Change marker(List<StoredObject> dead, Duration age) {
        long bytes = dead.stream().mapToLong(StoredObject::size).sum();
        return Change.of(OPERATION)
                .withoutDataChange()
                .info("operationParameters", Map.of("specifiedRetentionMillis", Long.toString(age.toMillis())))
                .info("operationMetrics", metrics(dead.size(), bytes));
    }

    private static Map<String, String> metrics(int files, long bytes) {
        Map<String, String> metrics = new TreeMap<>();
        metrics.put("numFilesToDelete", Integer.toString(files));
        metrics.put("sizeOfDataToDelete", Long.toString(bytes));
        return metrics;
    }
}
