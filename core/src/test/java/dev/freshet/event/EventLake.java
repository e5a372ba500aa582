package dev.freshet.event;

import dev.freshet.batch.Batch;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A lake in memory, on a machine whose threads take turns.
final class EventLake {
    static final Duration LEASE = Duration.ofMinutes(1);

    final BatonHost host;
    final MemoryStore store;

    EventLake(long seed) {
        this.host = new BatonHost(seed);
        this.store = new MemoryStore(host);
    }

    EventRecorder spilling(Store through, Path folder) {
        return recorder(through, RecorderOptions.spillingTo(folder));
    }

    EventRecorder recorder(Store through, RecorderOptions options) {
        return recorder(through, "pod", options, 8);
    }

    EventRecorder recorder(String pod, RecorderOptions options, int mostSlots) {
        return recorder(store, pod, options, mostSlots);
    }

    private EventRecorder recorder(Store through, String pod, RecorderOptions options, int mostSlots) {
        ControlTable control = new ControlTable(through, host, Pod.named(pod, host));
        return EventRecorder.open(through, host, control, options, LEASE, mostSlots);
    }

    EventRecorder inMemory() {
        return recorder(store, RecorderOptions.with(new FullPolicy.Drop()));
    }

    DeltaTable table(String name) {
        return DeltaTable.withoutUpkeep(store, EventRecorder.FOLDER + "/" + name, host);
    }

    Snapshot snapshot(String name) {
        return table(name).latest().orElseThrow();
    }

    /// All rows of a table, each a map from column to value.
    List<Map<String, @Nullable Object>> rows(String name) {
        return table(name).latest().map(this::rows).orElse(List.of());
    }

    private List<Map<String, @Nullable Object>> rows(Snapshot snapshot) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Batch batch = new Batch(snapshot.schema());
        try (TableScan scan = new TableScan(store, snapshot)) {
            while (scan.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    for (int column = 0; column < batch.schema().size(); column++) {
                        values.put(batch.schema().column(column).name(), batch.value(column, row));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    /// The types of all rows, in order.
    List<String> types(String name) {
        return rows(name).stream()
                .map(row -> String.valueOf(row.get("type")))
                .sorted()
                .toList();
    }

    List<TaskRow> slots() {
        return new ControlTable(store, host, Pod.named("observer", host))
                .rows().stream()
                        .filter(row -> row.task().startsWith(Slot.TASKS))
                        .toList();
    }

    /// What a process that was killed left on its disk, for one that comes after it.
    static Path afterDeath(Path folder, Path copy) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                Path target = copy.resolve(folder.relativize(path).toString().replace(Spill.process(), "dead"));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
