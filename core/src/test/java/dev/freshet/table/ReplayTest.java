package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Three ways to the same state: our replay of new commits, Kernel's replay of the log, and a kept state.
class ReplayTest {
    private static final int COMMITS = 45;

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final TableLog log = new TableLog(store, TABLE);
    private final FilePaths paths = new FilePaths(store, TABLE);
    private final KernelLog kernel = new KernelLog(store, TABLE, log, paths);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20261121})
    void ourReplayEqualsKernelsAndTheCheckpoints(long seed) {
        Random random = new Random(seed);
        DeltaTable writer = new DeltaTable(store, TABLE, host);
        for (int i = 0; i < COMMITS; i++) {
            int number = i;
            CommitOutcome outcome =
                    writer.commit(newest -> new Decision.Write(change(random, number, files(newest.orElse(null)))));
            assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
            LogState ours = writer.latest().orElseThrow().state();
            if (i % 4 == 0) {
                assertThat(kernel.newest()).contains(ours);
            }
            assertThat(freshlyRead()).isEqualTo(ours);
        }
        assertThat(store.stat(log.checkpointKey(40))).isPresent();
        assertThat(KeptState.read(TABLE, paths, 40, store.read(log.stateKey(40))))
                .isEqualTo(kernel.at(40).orElseThrow());
    }

    private LogState freshlyRead() {
        return new DeltaTable(store, TABLE, host).latest().orElseThrow().state();
    }

    private static List<DataFile> files(@Nullable Snapshot snapshot) {
        return snapshot == null ? List.of() : snapshot.files();
    }

    private static Change change(Random random, int number, List<DataFile> present) {
        Change change = Change.of("STEP " + number)
                .add(added(random, number))
                .domain("freshet.d" + random.nextInt(3), "{\"n\":" + number + "}");
        if (number == 0 || random.nextInt(6) == 0) {
            change = change.shape(shape(random));
        }
        if (random.nextInt(8) == 0) {
            return change.removeAll();
        }
        List<DataFile> some = new ArrayList<>(present);
        Collections.shuffle(some, random);
        return change.remove(some.subList(0, Math.min(some.size(), random.nextInt(3))));
    }

    private static List<DataFile> added(Random random, int number) {
        List<DataFile> files = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Map<String, String> partition = random.nextBoolean() ? Map.of() : Map.of("day", "a b/ü%" + i);
            files.add(new DataFile(
                    "day=x y%2F/part-" + number + "-" + i + "é.parquet",
                    random.nextInt(1000),
                    partition,
                    Samples.WRITTEN,
                    random.nextBoolean() ? FileStatistics.none() : new FileStatistics("{\"numRecords\":" + i + "}")));
        }
        return files;
    }

    private static TableShape shape(Random random) {
        Schema schema = Schema.of(
                new Column("day", ColumnType.STRING, true),
                new Column("n" + random.nextInt(3), new ColumnType.Decimal(20, 2), true, Map.of("comment", "\"x\"")),
                new Column("tags", new ColumnType.Array(new ColumnType.Array(ColumnType.DATE)), true));
        return new TableShape(schema, List.of("day"), Map.of("freshet.p", "v" + random.nextInt(3)));
    }
}
