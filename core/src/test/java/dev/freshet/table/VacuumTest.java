package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.file;
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
import dev.freshet.store.StoreException;
import dev.freshet.store.StoreTime;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Which data files go, and which never do. Each version replaces the one file of the last, a minute apart.
class VacuumTest {
    private static final Duration AGE = Duration.ofMinutes(30);
    private static final LogRetention SHORT = new LogRetention(AGE, AGE, 1);

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);

    @Test
    void replacedFilesGoOnceNoVersionWithinTheAgeNamesThem() {
        replace(100);
        fresh().vacuum(AGE);
        long oldest = 99 - AGE.toMinutes();
        for (long version = oldest; version < 100; version++) {
            assertThat(store.stat(TABLE + "/" + paths(fresh().at(version)).getFirst()))
                    .as("the file of version %d", version)
                    .isPresent();
        }
        assertThat(data()).as("the age and half of it").hasSizeBetween(30, 30 + 15 + 2);
        assertThat(history().operation()).isEqualTo("VACUUM START");
        assertThat(history().dataChange()).isFalse();
        fresh().vacuum(AGE);
        long marked = fresh().latest().orElseThrow().version();
        fresh().vacuum(AGE);
        assertThat(fresh().latest().orElseThrow().version())
                .as("nothing is left to mark")
                .isEqualTo(marked);
    }

    @Test
    void filesOfCommitsThatLostARaceGoToo() {
        write("lost-early");
        replace(100);
        write("lost-late");
        fresh().clean(SHORT);
        fresh().vacuum(AGE);
        assertThat(data()).contains("lost-late.parquet").doesNotContain("lost-early.parquet");
    }

    @Test
    void whatIsNoDataFileOfTheTableStays() {
        for (String name :
                List.of("_change_data/c.parquet", "deletion_vector_1.bin", "_symlink/x.parquet", "note.txt")) {
            store.putIfAbsent(TABLE + "/" + name, new byte[1]);
        }
        store.putIfAbsent(TABLE + "/day=2020-01-01/dead.parquet", new byte[1]);
        replace(100);
        int all = objects(TABLE).size();
        fresh().clean(SHORT);
        fresh().vacuum(AGE);
        assertThat(objects(TABLE)).hasSizeLessThan(all - 20);
        assertThat(objects(TABLE + "/day=2020-01-01")).isEmpty();
        assertThat(objects(TABLE + "/_change_data")).hasSize(1);
        assertThat(objects(TABLE + "/_symlink")).hasSize(1);
        assertThat(data()).contains("deletion_vector_1.bin", "note.txt");
    }

    @Test
    void aFileThatAForeignWriterBroughtBackStays() {
        replace(5);
        String old = paths(fresh().latest().orElseThrow()).getFirst();
        replace(80);
        commit(Change.of("RESTORE").add(List.of(file(old))).removeAll());
        replace(0);
        fresh().clean(SHORT);
        fresh().vacuum(AGE);
        assertThat(data()).contains(old);
    }

    @Test
    void soDoesOneThatWasReplacedAgainWithinTheAge() {
        replace(5);
        String old = paths(fresh().latest().orElseThrow()).getFirst();
        replace(80);
        commit(Change.of("RESTORE").add(List.of(file(old))).removeAll());
        long restored = fresh().latest().orElseThrow().version();
        replace(3);
        fresh().vacuum(AGE);
        assertThat(data()).contains(old).hasSizeLessThan(60);
        assertThat(paths(fresh().at(restored))).containsExactly(old);
    }

    @Test
    void whatSomebodyStillNeedsStays() {
        replace(100);
        String borrowed = TABLE + "/" + data().getFirst();
        DeadFiles all = fresh().dead(AGE, StillNeeded.nothing(), Instant.MIN);
        DeadFiles dead = fresh().dead(AGE, needs(OptionalLong.empty(), Set.of(borrowed)), Instant.MIN);
        delete(dead);
        assertThat(dead.count()).isEqualTo(all.count() - 1);
        assertThat(store.stat(borrowed)).isPresent();
    }

    @Test
    void whenNobodyCanSayWhatIsNeededNothingIsDeleted() {
        replace(100);
        List<String> before = data();
        StillNeeded unknown = new StillNeeded() {
            @Override
            public OptionalLong oldestVersion(String table) {
                return OptionalLong.empty();
            }

            @Override
            public Duration longestLease() {
                return Duration.ZERO;
            }

            @Override
            public Set<String> files(String table) {
                throw new FreshetException(ErrorCode.CORRUPT, "a catalog is lost");
            }
        };
        assertThatThrownBy(() -> fresh().dead(AGE, unknown, Instant.MIN)).hasMessage("a catalog is lost");
        assertThat(data()).isEqualTo(before);
    }

    @Test
    void theOldestVersionThatIsNeededStaysReadableButNotForLongerThanTheCap() {
        replace(60);
        StillNeeded needs = needs(OptionalLong.of(20), Set.of());
        delete(fresh().dead(AGE, needs, Instant.MIN));
        for (long version = 20; version < 60; version++) {
            assertThat(data()).containsAll(paths(fresh().at(version)));
        }
        assertThat(data()).hasSizeLessThan(60);
        host.pass(StillNeeded.CAP);
        replace(60);
        delete(fresh().dead(AGE, needs, Instant.MIN));
        assertThat(data()).doesNotContainAnyElementsOf(paths(fresh().at(20)));
    }

    @Test
    void aTableThatNobodyWritesToAnyMoreIsVacuumedByTheStoresClock() {
        replace(10);
        host.jump(Duration.ofDays(-400));
        delete(fresh().dead(AGE, StillNeeded.nothing(), StoreTime.now(store)));
        assertThat(data()).hasSize(10);
        host.jump(Duration.ofDays(400));
        host.pass(AGE.multipliedBy(2));
        delete(fresh().dead(AGE, StillNeeded.nothing(), StoreTime.now(store)));
        assertThat(data()).containsExactlyElementsOf(paths(fresh().latest().orElseThrow()));
    }

    @Test
    void anAppendOfAFileThatVacuumMayHaveDeletedIsRefused() {
        replace(1);
        host.pass(FencedWrite.VACUUM_AGE.dividedBy(2));
        DataFile file = new DataFile("late.parquet", 10, Map.of(), host.now(), FileStatistics.none());
        assertThat(fresh().appendBlindly(Change.of("WRITE").add(List.of(file)))).isPositive();
        host.pass(FencedWrite.VACUUM_AGE.dividedBy(2).plusSeconds(1));
        assertThatThrownBy(() -> fresh().appendBlindly(Change.of("WRITE").add(List.of(file))))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContainingAll("late.parquet", "vacuum may have deleted it");
    }

    private void delete(DeadFiles dead) {
        assertThat(fresh().commit(newest -> new Decision.Write(newest.flatMap(dead::marker)
                        .orElseGet(() -> Change.of("NOTHING").withoutDataChange()))))
                .isInstanceOf(CommitOutcome.Committed.class);
        dead.delete(store, () -> {});
    }

    private static StillNeeded needs(OptionalLong oldest, Set<String> files) {
        return new StillNeeded() {
            @Override
            public OptionalLong oldestVersion(String table) {
                return table.equals(TABLE) ? oldest : OptionalLong.empty();
            }

            @Override
            public Duration longestLease() {
                return Duration.ZERO;
            }

            @Override
            public Set<String> files(String table) {
                return files;
            }
        };
    }

    @Test
    void aPutDecidedBeforeTheMarkerHasLostItsNumber() {
        replace(100);
        fresh().clean(SHORT);
        int[] decided = {0};
        CommitOutcome outcome = fresh().commit(newest -> {
            if (decided[0]++ == 0) {
                fresh().vacuum(AGE);
            }
            String mine = "mine-" + decided[0];
            write(mine);
            return new Decision.Write(
                    Change.of("WRITE").add(List.of(file(mine + ".parquet"))).removeAll());
        });
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(decided[0]).isEqualTo(2);
        assertThat(paths(fresh().latest().orElseThrow())).containsExactly("mine-2.parquet");
    }

    @Test
    void aMarkerThatIsNotCertainDeletesNothing() {
        replace(100);
        fresh().clean(SHORT);
        List<String> before = data();
        Store silent = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                T result = action.get();
                if (operation == Operation.PUT) {
                    throw StoreException.unknown("no answer", null);
                }
                return result;
            }
        };
        CommitBounds hasty = new CommitBounds(5, Duration.ofSeconds(1), Duration.ofSeconds(1));
        new DeltaTable(silent, TABLE, host, hasty, Optional.empty()).vacuum(AGE);
        assertThat(data()).isEqualTo(before);
    }

    @Test
    void killedAnywhereItLeavesEveryKeptVersionWhole() {
        replace(100);
        fresh().clean(SHORT);
        int kills = 0;
        for (boolean alive = true; alive; kills++) {
            DyingStore dying = new DyingStore(store, DyingStore.CHANGES, 1 + kills % 7, kills % 2 == 0);
            try {
                DeltaTable.withoutUpkeep(dying, TABLE, host).vacuum(AGE);
                alive = dying.died();
            } catch (DyingStore.KilledError _) {
                // the next one goes on
            }
            List<String> data = data();
            assertThat(data).containsAll(paths(fresh().latest().orElseThrow()));
            assertThat(data).containsAll(paths(fresh().at(71)));
        }
        assertThat(kills).isGreaterThan(10);
        assertThat(data()).hasSizeLessThan(60);
    }

    private CommitNote history() {
        return fresh().history(fresh().latest().orElseThrow(), 1).getFirst();
    }

    private void replace(int times) {
        for (int i = 0; i < times; i++) {
            String name = "f-" + host.newId();
            write(name);
            commit(Change.replace(Samples.SCHEMA, List.of(file(name + ".parquet"))));
        }
    }

    private void commit(Change change) {
        assertThat(fresh().commit(always(change))).isInstanceOf(CommitOutcome.Committed.class);
        host.pass(Duration.ofMinutes(1));
    }

    private void write(String name) {
        assertThat(store.putIfAbsent(TABLE + "/" + name + ".parquet", new byte[10]))
                .isEqualTo(PutResult.CREATED);
    }

    private DeltaTable fresh() {
        return new DeltaTable(store, TABLE, host);
    }

    private List<StoredObject> objects(String folder) {
        return store.list(folder, "");
    }

    private List<String> data() {
        return objects(TABLE).stream().map(StoredObject::name).toList();
    }
}
