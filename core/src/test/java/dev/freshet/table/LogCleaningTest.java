package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.append;
import static dev.freshet.table.Samples.paths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.PutResult;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What cleaning a log removes, and what it never does. A commit a minute, a checkpoint every 20 versions.
class LogCleaningTest {
    private static final Duration FLOOR = Duration.ofMinutes(30);
    private static final LogRetention SHORT = new LogRetention(FLOOR, FLOOR, 10);

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);

    @Test
    void whoCommitsCleansNowAndThen() {
        DeltaTable table = new DeltaTable(store, TABLE, host, SHORT);
        for (int i = 0; i <= 500; i++) {
            commit(table, "f" + i);
            assertThat(numbers()).hasSizeLessThan(30 + 20 + 10 + 1);
        }
        assertThat(numbers().getFirst()).isEqualTo(460);
        assertThat(fresh().latest().orElseThrow().files()).hasSize(501);
    }

    @Test
    void everythingOfANumberGoesWithIt() {
        commits(60);
        put("%020d.crc".formatted(20));
        put("%020d.00000000000000000030.compacted.json".formatted(21));
        host.pass(FLOOR);
        commits(1);
        fresh().clean(SHORT);
        assertThat(names()).allSatisfy(name -> assertThat(name).isGreaterThanOrEqualTo(TableLog.digits(40)));
        assertThat(names())
                .contains(
                        TableLog.digits(40) + ".json",
                        TableLog.digits(40) + ".checkpoint.parquet",
                        TableLog.digits(40) + KeptState.SUFFIX,
                        "_last_checkpoint");
    }

    @Test
    void nothingYoungerThanTheFloorByTheStoresOwnTimeGoes() {
        commits(61);
        List<String> before = names();
        Instant newest = newestTime();
        fresh().clean(SHORT);
        assertThat(numbers().getFirst())
                .as("version 20 is 41 minutes older than version 60")
                .isEqualTo(20);
        assertThat(before).contains(TableLog.digits(21) + ".json");
        host.jump(Duration.ofDays(400));
        fresh().clean(SHORT);
        assertThat(numbers().getFirst()).as("the local clock is not asked").isEqualTo(20);
        assertThat(newestTime()).isEqualTo(newest);
    }

    @Test
    void historyBeyondTheFloorIsKeptForTimeTravel() {
        Instant start = host.now();
        commits(200);
        fresh().clean(new LogRetention(FLOOR, Duration.ofMinutes(90), 10));
        assertThat(numbers().getFirst()).isEqualTo(100);
        assertThat(fresh().at(100).files()).hasSize(101);
        assertThat(fresh().at(123).files()).hasSize(124);
        assertThat(fresh().at(start.plus(Duration.ofMinutes(123))).version()).isEqualTo(123);
        assertThatThrownBy(() -> fresh().at(99))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID))
                .hasMessageContainingAll(TABLE, "version 99", "oldest that is kept is 100", "newest is 199");
        assertThatThrownBy(() -> fresh().at(start.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID))
                .hasMessageContainingAll("oldest version that is kept is 100");
    }

    @Test
    void whatSomebodyStillNeedsIsKeptButNotForLongerThanTheCap() {
        commits(200);
        StillNeeded needs = new StillNeeded() {
            @Override
            public OptionalLong oldestVersion(String table) {
                return OptionalLong.of(73);
            }

            @Override
            public Duration longestLease() {
                return Duration.ZERO;
            }

            @Override
            public Set<String> files(String table) {
                return Set.of();
            }
        };
        assertThat(fresh().cleanable(SHORT, needs)).isEqualTo(60);
        assertThat(fresh().clean(SHORT, needs)).isEqualTo(60);
        assertThat(numbers().getFirst())
                .as("the checkpoint that version 73 is read from")
                .isEqualTo(60);
        assertThat(fresh().at(73).files()).hasSize(74);
        host.pass(StillNeeded.CAP);
        commits(100);
        assertThat(fresh().clean(SHORT, needs)).isPositive();
        assertThat(numbers().getFirst()).isEqualTo(180);
    }

    @Test
    void aLogWithoutACompleteCheckpointIsNeverCleaned() {
        commits(19);
        host.pass(Duration.ofDays(1));
        put("%020d.checkpoint.0000000001.0000000002.parquet".formatted(15));
        commits(1);
        fresh().clean(SHORT);
        assertThat(numbers().getFirst()).isZero();
        put("%020d.checkpoint.0000000002.0000000002.parquet".formatted(15));
        host.pass(Duration.ofDays(1));
        put("%020d.json".formatted(99));
        fresh().clean(SHORT);
        assertThat(numbers().getFirst()).isEqualTo(15);
    }

    @Test
    void aStrayBelowACheckpointGoesOnceItIsOld() {
        commits(61);
        host.pass(FLOOR);
        commits(1);
        fresh().clean(SHORT);
        assertThat(numbers().getFirst()).isEqualTo(60);
        put("%020d.json".formatted(7));
        List<String> paths = paths(fresh().latest().orElseThrow());
        commits(60);
        host.pass(FLOOR.minusMinutes(30));
        put("%020d.json".formatted(8));
        fresh().clean(SHORT);
        assertThat(numbers())
                .as("the old stray is gone, the young one stops the cleaning")
                .startsWith(8L, 60L);
        assertThat(paths(fresh().latest().orElseThrow())).containsAll(paths);
        host.pass(FLOOR);
        commits(1);
        fresh().clean(SHORT);
        assertThat(numbers().getFirst()).isEqualTo(120);
    }

    @Test
    void aCleanerKilledAnywhereLeavesALogThatIsRightAndCleanedNextTime() {
        commits(65);
        host.pass(FLOOR);
        commits(1);
        List<String> expected = paths(fresh().latest().orElseThrow());
        int kills = 0;
        for (boolean alive = true; alive; kills++) {
            DyingStore dying = new DyingStore(store, 1 + kills % 5, kills % 2 == 0);
            try {
                new DeltaTable(dying, TABLE, host).clean(SHORT);
                alive = false;
            } catch (DyingStore.KilledError _) {
                assertThat(numbers())
                        .as("no gaps")
                        .containsExactlyElementsOf(upFrom(numbers().getFirst()));
            }
            assertThat(paths(fresh().latest().orElseThrow())).isEqualTo(expected);
        }
        assertThat(kills).isGreaterThan(30);
        assertThat(numbers().getFirst()).isEqualTo(60);
    }

    @Test
    void cleanersInEachOthersWayLeaveTheSameLog() {
        commits(65);
        host.pass(FLOOR);
        commits(1);
        int[] deletes = {0};
        Store slow = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.DELETE && deletes[0]++ == 20) {
                    fresh().clean(SHORT);
                    commits(3);
                }
                return action.get();
            }
        };
        new DeltaTable(slow, TABLE, host).clean(SHORT);
        assertThat(numbers()).containsExactlyElementsOf(upFrom(60));
        assertThat(fresh().latest().orElseThrow().version()).isEqualTo(68);
    }

    @Test
    void aReaderThatLosesAFileToCleaningListsAgain() {
        commits(19);
        DeltaTable stopped = fresh();
        assertThat(stopped.latest()).isPresent();
        boolean[] cleaned = {false};
        Store interrupted = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.READ && key.contains(TableLog.digits(5)) && !cleaned[0]) {
                    cleaned[0] = true;
                    commits(40);
                    host.pass(FLOOR);
                    commits(1);
                    fresh().clean(SHORT);
                }
                return action.get();
            }
        };
        assertThat(new DeltaTable(interrupted, TABLE, host)
                        .latest()
                        .orElseThrow()
                        .version())
                .isEqualTo(59);
        assertThat(cleaned[0]).isTrue();
        assertThat(stopped.latest().orElseThrow().version()).isEqualTo(59);
    }

    @Test
    void aCleanerPausedForLongerThanTheFloorDeletesNothingMore() {
        commits(65);
        host.pass(FLOOR);
        commits(1);
        int[] deletes = {0};
        Store paused = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.DELETE && deletes[0]++ == 3) {
                    host.pass(FLOOR.plusMinutes(1));
                }
                return action.get();
            }
        };
        new DeltaTable(paused, TABLE, host).clean(SHORT);
        assertThat(numbers().getFirst()).isEqualTo(4);
    }

    private List<Long> upFrom(long first) {
        return LongStream.rangeClosed(first, fresh().latest().orElseThrow().version())
                .boxed()
                .toList();
    }

    private void commits(int count) {
        DeltaTable table = fresh();
        for (int i = 0; i < count; i++) {
            commit(table, "f" + names().size() + "-" + host.newId());
        }
    }

    private void commit(DeltaTable table, String file) {
        assertThat(table.commit(always(append(file)))).isInstanceOf(CommitOutcome.Committed.class);
        host.pass(Duration.ofMinutes(1));
    }

    private DeltaTable fresh() {
        return new DeltaTable(store, TABLE, host);
    }

    private void put(String name) {
        assertThat(store.putIfAbsent(TABLE + "/_delta_log/" + name, new byte[] {'{', '}', '\n'}))
                .isEqualTo(PutResult.CREATED);
    }

    private List<StoredObject> files() {
        return store.list(TABLE + "/_delta_log", "");
    }

    private List<String> names() {
        return files().stream().map(StoredObject::name).toList();
    }

    private Instant newestTime() {
        return files().stream()
                .map(StoredObject::modified)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private List<Long> numbers() {
        TreeSet<Long> numbers = new TreeSet<>();
        names().stream()
                .filter(name -> name.startsWith("0"))
                .map(TableLog::version)
                .forEach(numbers::add);
        return List.copyOf(numbers);
    }
}
