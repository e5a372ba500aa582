package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.append;
import static dev.freshet.table.Samples.paths;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writers on a store that fails, delays and loses replies on a fifth of all calls, reads included.
class UnreliableStoreTest {
    private static final int WRITERS = 4;
    private static final int APPENDS = 15;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsCalledCommittedIsThereOnceAndNothingIsThereTwice(long seed) throws Exception {
        SettableHost host = new SettableHost(seed);
        MemoryStore memory = new MemoryStore(host);
        FaultyStore store = new FaultyStore(
                memory, host, new Random(seed), new Faults(0.07, 0.07, 0.06, 0.1, Duration.ofMillis(50)));
        List<String> committed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "w" + writer + "-";
                writers.add(() -> appendAll(new DeltaTable(store, TABLE, host), name));
            }
            for (Future<List<String>> future : threads.invokeAll(writers)) {
                committed.addAll(future.get());
            }
        }
        store.arrive();
        List<String> there = paths(new DeltaTable(memory, TABLE, host).latest().orElseThrow());
        assertThat(committed).isNotEmpty();
        assertThat(there).doesNotHaveDuplicates().containsAll(committed);
        assertThat(timesAdded(memory)).doesNotHaveDuplicates().hasSameElementsAs(there);
    }

    private static List<String> appendAll(DeltaTable table, String name) {
        List<String> committed = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            try {
                var _ = table.appendBlindly(append(name + i));
                committed.add(name + i);
            } catch (FreshetException _) {
                // Unknown, or the store was out of reach: the row may be there, but once.
                continue;
            }
        }
        return committed;
    }

    private static List<String> timesAdded(MemoryStore memory) {
        TableLog log = new TableLog(memory, TABLE);
        List<String> added = new ArrayList<>();
        for (long version = 0; log.find(version).isPresent(); version++) {
            log.find(version).orElseThrow().actions().stream()
                    .map(action -> action.path("add").path("path").asText())
                    .filter(path -> !path.isEmpty())
                    .forEach(added::add);
        }
        return added;
    }
}
