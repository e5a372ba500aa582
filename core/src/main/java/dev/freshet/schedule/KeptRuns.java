package dev.freshet.schedule;

import dev.freshet.table.DataFile;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// What a process remembers of the ledger's files, which never change: which tasks each is about, and the records of as
/// many as fit. Lock-free: whatever it remembers is right.
final class KeptRuns {
    static final int MOST_RECORDS = 20_000;

    /// By path, the sorted hashes of the tasks' names.
    private final Map<String, int[]> tasks = new ConcurrentHashMap<>();

    private final Map<String, List<RunRecord>> records = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /// Whether the file may have a record of the task; true when it was never read and its bounds allow it.
    boolean mayHold(DataFile file, String task) {
        int[] hashes = tasks.get(file.path());
        return hashes == null ? file.mayHold("task", task) : Arrays.binarySearch(hashes, task.hashCode()) >= 0;
    }

    Optional<List<RunRecord>> of(DataFile file) {
        return Optional.ofNullable(records.get(file.path()));
    }

    /// When they become too many, all are forgotten but what they are about.
    void keep(String path, List<RunRecord> all) {
        tasks.put(
                path,
                all.stream()
                        .mapToInt(run -> run.task().hashCode())
                        .sorted()
                        .distinct()
                        .toArray());
        if (count.addAndGet(all.size()) > MOST_RECORDS) {
            records.clear();
            count.set(0);
        } else {
            records.put(path, all);
        }
    }

    /// Forgets files that are no longer part of the table.
    void retain(Collection<DataFile> files) {
        if (tasks.size() > 2 * files.size()) {
            tasks.keySet().retainAll(files.stream().map(DataFile::path).collect(Collectors.toSet()));
        }
    }
}
