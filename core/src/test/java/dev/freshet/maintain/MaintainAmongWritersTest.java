package dev.freshet.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Mark;
import dev.freshet.table.OnForeignCommit;
import dev.freshet.table.Position;
import dev.freshet.table.RowTable;
import dev.freshet.table.StillNeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Turns of maintenance on a bad network, some of which die, while others append to the table, replace it, and delete
/// from it between any two store operations of a turn. One thread, one seed: a seed that fails fails again.
class MaintainAmongWritersTest {
    private static final Duration AGE = Duration.ofHours(1);
    private static final LogRetention LOGS = new LogRetention(Duration.ofMinutes(10), AGE, 20, AGE);
    private static final Rules RULES = new Rules(
            TableFolder.named("datasets.d"),
            new MaintainTerms(Duration.ofMinutes(5), 1 << 20, LOGS),
            StillNeeded.nothing());
    private static final String PATH = RULES.folder().path();
    private static final int TURNS = 20;

    private final SettableHost host = new SettableHost(3);
    private final Store store = new MemoryStore(host);
    private final RowTable rows = new RowTable(store, host, PATH);
    private final TreeSet<Long> expected = new TreeSet<>();
    private Random random = new Random();
    private long next;
    private long position;

    /// A version, when it was made, and what it held.
    private record Past(long version, Instant made, List<Long> ids) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noRowIsLostNoneComesBackAndThePastStaysReadableForItsTime(long seed) {
        random = new Random(seed);
        rows.create(Map.of("delta.checkpointInterval", "5"));
        List<Past> past = new ArrayList<>();
        for (int turn = 1; turn <= TURNS; turn++) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                write();
            }
            turn(turn);
            host.pass(Duration.ofMinutes(random.nextInt(15)));
            check();
            past.add(new Past(rows.newest().version(), host.now(), rows.ids()));
            past.removeIf(version -> version.made().isBefore(host.now().minus(AGE)));
            if (!past.isEmpty()) {
                Past version = past.get(random.nextInt(past.size()));
                assertThat(new TreeSet<>(rows.ids(rows.table().at(version.version()))))
                        .as("seed %d, version %d", seed, version.version())
                        .isEqualTo(new TreeSet<>(version.ids()));
            }
        }
        for (int last = 1; last <= 2; last++) {
            host.pass(AGE.multipliedBy(2));
            maintain(store, TURNS + last);
            check();
        }
        assertThat(dataFiles())
                .as("seed %d: nothing is left over", seed)
                .isEqualTo(rows.newest().files().size());
    }

    private void check() {
        assertThat(rows.ids()).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(rows.ids())).isEqualTo(expected);
    }

    private void turn(int fence) {
        Store writers = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (random.nextInt(12) == 0) {
                    write();
                }
                return action.get();
            }
        };
        FaultyStore network = new FaultyStore(writers, host, random, Faults.everyKind(0.02));
        boolean dies = random.nextInt(3) == 0;
        Store process = dies ? new DyingStore(network, 1 + random.nextInt(80), random.nextBoolean()) : network;
        try {
            maintain(process, fence);
        } catch (DyingStore.KilledError | FreshetException _) {
            // the next turn goes on
        }
        network.arrive();
    }

    private void maintain(Store through, int fence) {
        var _ = new MaintainTask(RULES, _ -> {}).run(new StepRun(through, host, RULES.folder(), fence, AGE));
    }

    private void write() {
        switch (random.nextInt(10)) {
            case 0 -> replace();
            case 1, 2 -> delete();
            default -> append();
        }
    }

    private void append() {
        long id = next++;
        rows.append(host.now(), id);
        expected.add(id);
    }

    /// As a delete of another engine does, file by file.
    private void delete() {
        List<DataFile> files = rows.newest().files();
        if (files.isEmpty()) {
            return;
        }
        DataFile victim = files.get(random.nextInt(files.size()));
        List<Long> before = new ArrayList<>(rows.ids());
        rows.commit(Change.of("DELETE").remove(List.of(victim)));
        before.removeAll(rows.ids());
        expected.removeAll(before);
    }

    /// As a load in mode full does: under its own role's fence, whatever maintenance did meanwhile.
    private void replace() {
        long id = next++;
        DataFile file = rows.write(host.now(), id);
        Mark mark = new Mark(
                "ingest",
                "ingest:d",
                new Fence(0, 1),
                "run-" + id,
                Optional.of(Instant.EPOCH.plusSeconds(id)),
                Optional.empty(),
                new Position("{\"n\":" + (position + 1) + "}"),
                "committed",
                Map.of());
        DeltaTable table = rows.table();
        Position from = table.latest()
                .flatMap(newest -> Mark.in(newest, "ingest"))
                .map(Mark::position)
                .orElse(Position.none());
        CommitOutcome outcome = new FencedWrite(host, AGE)
                .commit(
                        table,
                        mark,
                        from,
                        OnForeignCommit.PROCEED,
                        _ -> Change.of("WRITE").add(List.of(file)).removeAll());
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        position++;
        expected.clear();
        expected.add(id);
    }

    private long dataFiles() {
        return store.folders(PATH).stream()
                .filter(name -> name.startsWith("day="))
                .mapToLong(day -> store.list(PATH + "/" + day, "").size())
                .sum();
    }
}
