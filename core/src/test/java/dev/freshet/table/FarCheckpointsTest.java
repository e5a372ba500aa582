package dev.freshet.table;

import static dev.freshet.table.Samples.SCHEMA;
import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// A table whose checkpoints lie so far apart that states are kept between them.
class FarCheckpointsTest {
    private static final TableShape SHAPE =
            new TableShape(SCHEMA, List.of(), Map.of(CheckpointWriter.INTERVAL_PROPERTY, "300"));

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final TableLog log = new TableLog(store, TABLE);
    private final FilePaths paths = new FilePaths(store, TABLE);

    @Test
    void aStateIsKeptEveryHundredVersionsAndACheckpointWhenItIsDue() {
        commitTo(new DeltaTable(store, TABLE, host), 320);
        assertThat(named(KeptState.SUFFIX)).containsExactly(100L, 200L, 300L);
        assertThat(named(".checkpoint.parquet")).containsExactly(300L);
        assertThat(log.lastCheckpoint()).contains(300L);
    }

    @Test
    void aKeptStateIsWhatKernelSays() {
        commitTo(new DeltaTable(store, TABLE, host), 110);
        KernelLog kernel = new KernelLog(store, TABLE, log, paths);
        assertThat(KeptState.read(TABLE, paths, 100, store.read(log.stateKey(100))))
                .isEqualTo(kernel.at(100).orElseThrow());
    }

    @Test
    void aNewProcessReadsOnlyTheCommitsSinceTheLastState() {
        DeltaTable table = new DeltaTable(store, TABLE, host);
        commitTo(table, 250);
        int[] reads = {0};
        Store counted = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                reads[0] += operation == Operation.READ ? 1 : 0;
                return action.get();
            }
        };
        Snapshot seen = new DeltaTable(counted, TABLE, host).latest().orElseThrow();
        assertThat(seen.state()).isEqualTo(table.latest().orElseThrow().state());
        assertThat(reads[0]).isBetween(50, 56);
    }

    @Test
    void aCheckpointThatNobodyWroteIsMadeGoodAHundredVersionsLater() {
        Store withoutCheckpoints = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.PUT && key.endsWith(".checkpoint.parquet")) {
                    throw StoreException.refused("the process that should write it is dead", null);
                }
                return action.get();
            }
        };
        commitTo(new DeltaTable(withoutCheckpoints, TABLE, host), 350);
        assertThat(named(".checkpoint.parquet")).isEmpty();
        commitTo(new DeltaTable(store, TABLE, host), 520);
        assertThat(named(".checkpoint.parquet")).containsExactly(400L);
        assertThat(named(KeptState.SUFFIX)).containsExactly(100L, 200L, 400L, 500L);
    }

    private void commitTo(DeltaTable table, long version) {
        while (table.latest().map(Snapshot::version).orElse(-1L) < version) {
            Change change = Change.of("WRITE").add(List.of(file(host.newId()))).removeAll();
            boolean first = table.latest().isEmpty();
            assertThat(table.commit(always(first ? change.shape(SHAPE) : change)))
                    .isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    private List<Long> named(String suffix) {
        return store.list(log.folder(), "0").stream()
                .map(StoredObject::name)
                .filter(name -> name.endsWith(suffix))
                .map(TableLog::version)
                .toList();
    }
}
