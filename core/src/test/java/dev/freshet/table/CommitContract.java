package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.append;
import static dev.freshet.table.Samples.mark;
import static dev.freshet.table.Samples.paths;
import static dev.freshet.table.Samples.replace;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a commit promises on every store.
abstract class CommitContract {
    private static final Instant DUE = Instant.parse("2026-01-01T06:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-01T07:00:00Z");

    final SettableHost host = new SettableHost(7);
    private Store store;

    abstract Store newStore() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = newStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DeltaTable table() {
        return new DeltaTable(store, TABLE, host);
    }

    private FencedWrite fenced() {
        return new FencedWrite(host);
    }

    private CommitOutcome ingest(DeltaTable table, Mark mark, String startedFrom, Change change) {
        return fenced().commit(table, mark, new Position(startedFrom), OnForeignCommit.PROCEED, newest -> change);
    }

    private static long committed(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).version();
    }

    @Test
    void ofCommittersOfOneVersionExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            long version = round;
            CyclicBarrier together = new CyclicBarrier(4);
            List<CommitOutcome> outcomes = inThreads(4, racer -> {
                AtomicBoolean first = new AtomicBoolean(true);
                return table().commit(newest -> {
                    if (newest.map(Snapshot::version).orElse(-1L) >= version) {
                        return new Decision.Stop(new CommitOutcome.Conflict("taken"));
                    }
                    if (first.getAndSet(false)) {
                        await(together);
                    }
                    return new Decision.Write(append(version + "-" + racer));
                });
            });
            assertThat(outcomes)
                    .filteredOn(CommitOutcome.Committed.class::isInstance)
                    .extracting(CommitContract::committed)
                    .containsExactly(version);
            assertThat(table().latest().orElseThrow().files()).hasSize(round + 1);
        }
    }

    @Test
    void everyBlindAppendSurvives() throws Exception {
        List<Long> versions = new ArrayList<>();
        inThreads(4, writer -> {
                    DeltaTable table = table();
                    List<Long> mine = new ArrayList<>();
                    for (int i = 0; i < 10; i++) {
                        mine.add(table.appendBlindly(append(writer + "-" + i)));
                    }
                    return mine;
                })
                .forEach(versions::addAll);
        assertThat(new HashSet<>(versions)).hasSize(40);
        assertThat(table().latest().orElseThrow().files()).hasSize(40);
    }

    @Test
    void aDecidedWriteIsDecidedAgainAndNeverCarriedOver() {
        committed(table().commit(always(append("old"))));
        List<Long> seen = new ArrayList<>();
        CommitOutcome outcome = table().commit(newest -> {
            seen.add(newest.orElseThrow().version());
            if (seen.size() == 1) {
                committed(table().commit(always(replace("rival"))));
            }
            return new Decision.Write(
                    replace("mine").info("sawFiles", newest.get().files().size()));
        });
        assertThat(seen).containsExactly(0L, 1L);
        assertThat(committed(outcome)).isEqualTo(2);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("mine");
    }

    @Test
    void aStaleFenceCannotCommit() {
        DeltaTable table = table();
        committed(ingest(table, mark(5, "run-a", DUE, "1"), "null", replace("a")));
        CommitOutcome stale = ingest(table(), mark(4, "run-b", LATER, "2"), "1", replace("b"));
        assertThat(stale).isEqualTo(new CommitOutcome.Fenced(new Fence(1, 5)));
        assertThat(paths(table.latest().orElseThrow())).containsExactly("a");
    }

    @Test
    void aRaisedFenceStopsTheFormerHolder() {
        DeltaTable table = table();
        committed(ingest(table, mark(5, "run-a", DUE, "1"), "null", replace("a")));
        fenced().raise(table, "ingest", new Fence(1, 9), "ingest:orders");
        CommitOutcome stale = ingest(table(), mark(5, "run-a2", LATER, "2"), "1", replace("b"));
        assertThat(stale).isEqualTo(new CommitOutcome.Fenced(new Fence(1, 9)));
    }

    @Test
    void aRaiseChangesTheFenceAloneAndErasesNothing() {
        DeltaTable table = table();
        String domain = "{ \"state\" : {\"watermark\": 1.50}, \"fence\" : [ 1, 5 ],\"run_id\":\"r\", \"more\":\"ü\" }";
        committed(
                table.commit(always(append("a").domain("freshet.rollup", domain).domain("freshet.other", "{}"))));
        var raised = (RaiseOutcome.Raised) fenced().raise(table, "rollup", new Fence(2, 0), "rollup:x");
        String expected = domain.replace("[ 1, 5 ]", "[2,0]");
        assertThat(raised.snapshot().domain("freshet.rollup")).contains(expected);
        assertThat(raised.snapshot().domain("freshet.other")).contains("{}");
        assertThat(paths(raised.snapshot())).containsExactly("a");
    }

    @Test
    void aRaiseIsNoSettledRun() {
        DeltaTable table = table();
        committed(ingest(table, mark(5, "run-a", DUE, "1"), "null", replace("a")));
        fenced().raise(table, "ingest", new Fence(1, 6), "ingest:orders");
        CommitOutcome next = ingest(table, mark(6, "run-b", LATER, "2"), "1", replace("b"));
        assertThat(committed(next)).isEqualTo(2);
        assertThat(table.lastDataChange(table.at(1))).isZero();
    }

    @Test
    void aRaiseOnATableThatNobodyMadeSaysSo() {
        assertThat(fenced().raise(table(), "ingest", new Fence(1, 1), "ingest:orders"))
                .isInstanceOf(RaiseOutcome.NoTable.class);
        assertThat(table().latest()).isEmpty();
    }

    @Test
    void aRaiseSaysWhatTheFormerHolderLeft() {
        DeltaTable table = table();
        Mark left = mark(5, "run-a", DUE, "1");
        committed(ingest(table, left, "null", replace("a")));
        fenced().raise(table, "ingest", new Fence(1, 6), "ingest:orders");
        committed(table.commit(always(Change.of("OPTIMIZE").withoutDataChange().domain("freshet.maintain", "{}"))));
        var raised = (RaiseOutcome.Raised) fenced().raise(table(), "ingest", new Fence(1, 7), "ingest:orders");
        assertThat(raised.left()).contains(new Settled(left, 0));
        assertThat(raised.snapshot().version()).isEqualTo(3);
    }

    @Test
    void aSettledDueTimeIsAdopted() {
        DeltaTable table = table();
        Mark first = mark(5, "run-a", DUE, "1");
        committed(ingest(table, first, "null", replace("a")));
        fenced().raise(table, "ingest", new Fence(1, 6), "ingest:orders");
        CommitOutcome second = ingest(table(), mark(6, "run-b", DUE, "2"), "null", replace("b"));
        assertThat(second).isEqualTo(new CommitOutcome.Adopted(first, 0));
        assertThat(paths(table.latest().orElseThrow())).containsExactly("a");
    }

    @Test
    void ofARunInStepsTheLastOneIsAdopted() {
        DeltaTable table = table();
        Mark step = new Mark(
                "ingest", "t", new Fence(1, 1), "run", Optional.empty(), Optional.empty(), new Position("1"), "half");
        Mark last = new Mark(
                "ingest", "t", new Fence(1, 1), "run", Optional.of(DUE), Optional.empty(), new Position("2"), "whole");
        committed(ingest(table, step, "null", append("a")));
        committed(ingest(table, last, "1", append("b")));
        fenced().raise(table, "ingest", new Fence(1, 2), "t");
        CommitOutcome other = ingest(table(), mark(2, "other", DUE, "9"), "2", replace("c"));
        assertThat(other).isEqualTo(new CommitOutcome.Adopted(last, 1));
    }

    @Test
    void anInterruptDoesNotLeaveACommitInDoubt() {
        DeltaTable table = table();
        committed(table.commit(always(append("a"))));
        CommitOutcome outcome = table.commit(newest -> {
            Thread.currentThread().interrupt();
            return new Decision.Write(append("b"));
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(committed(outcome)).isEqualTo(1);
    }

    @Test
    void aSettledRequestIsAdopted() {
        Mark run =
                new Mark("ingest", "t", new Fence(1, 1), "r1", Optional.empty(), Optional.of(DUE), Position.none(), "");
        Mark again =
                new Mark("ingest", "t", new Fence(1, 2), "r2", Optional.empty(), Optional.of(DUE), Position.none(), "");
        committed(ingest(table(), run, "null", replace("a")));
        assertThat(ingest(table(), again, "null", replace("b"))).isEqualTo(new CommitOutcome.Adopted(run, 0));
    }

    @Test
    void aPositionThatMovedIsRefused() {
        DeltaTable table = table();
        committed(ingest(table, mark(5, "run-a", DUE, "{\"lsn\":1}"), "null", replace("a")));
        CommitOutcome outcome = ingest(table(), mark(5, "run-b", LATER, "{\"lsn\":3}"), "{\"lsn\":2}", replace("b"));
        assertThat(outcome).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(((CommitOutcome.Conflict) outcome).reason()).contains(TABLE, "{\"lsn\":2}", "{\"lsn\":1}");
        assertThat(committed(ingest(table, mark(5, "run-c", LATER, "{\"lsn\":2}"), "{ \"lsn\" : 1 }", append("c"))))
                .isEqualTo(1);
    }

    @Test
    void dataFilesThatVacuumMayHaveTakenAreRefused() {
        host.pass(Duration.ofDays(4));
        CommitOutcome outcome = ingest(table(), mark(1, "run-a", DUE, "1"), "null", replace("a"));
        assertThat(outcome).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(((CommitOutcome.Conflict) outcome).reason()).contains("vacuum", "2026-01-01T00:00:00Z");
        assertThat(table().latest()).isEmpty();
    }

    @Test
    void theReplacedSnapshotStaysReadable() {
        DeltaTable table = table();
        committed(table.commit(always(append("a", "b"))));
        Snapshot old = table.latest().orElseThrow();
        committed(table.commit(always(replace("c"))));
        assertThat(paths(old)).containsExactly("a", "b");
        assertThat(paths(table.at(0))).containsExactly("a", "b");
        assertThat(paths(table.latest().orElseThrow())).containsExactly("c");
    }

    @Test
    void aReplaceCarriesDomainsPropertiesAndTheIdForward() {
        DeltaTable table = table();
        committed(table.commit(always(append("a").domain("freshet.rollup", "{\"a\":1}"))));
        Snapshot before = table.latest().orElseThrow();
        committed(ingest(table, mark(1, "r", DUE, "1"), "null", replace()));
        Snapshot after = table().latest().orElseThrow();
        assertThat(after.files()).isEmpty();
        assertThat(after.domain("freshet.rollup")).contains("{\"a\":1}");
        assertThat(after.tableId()).isEqualTo(before.tableId());
        assertThat(after.properties())
                .isEqualTo(before.properties())
                .containsEntry("delta.enableExpiredLogCleanup", "false");
    }

    @Test
    void removingAFileThatIsGoneIsAConflict() {
        DeltaTable table = table();
        committed(table.commit(always(append("a", "b"))));
        committed(table.commit(always(Change.of("WRITE").add(Samples.files("c")).remove(Samples.files("a")))));
        CommitOutcome outcome = table.commit(always(Change.of("WRITE").remove(Samples.files("a"))));
        assertThat(outcome).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("b", "c");
    }

    @Test
    void optimizeDoesNotStarveALongLoad() {
        committed(ingest(table(), mark(1, "r1", DUE, "1"), "null", replace("a0")));
        int[] rivals = {0};
        CommitOutcome outcome = fenced().commit(
                        table(), mark(1, "r2", LATER, "2"), new Position("1"), OnForeignCommit.REFUSE, newest -> {
                            if (rivals[0] < 30) {
                                optimize(newest.orElseThrow(), "a" + ++rivals[0]);
                            }
                            return replace("b");
                        });
        assertThat(committed(outcome)).isEqualTo(31);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("b");
    }

    private void optimize(Snapshot newest, String name) {
        Change rewrite = Change.of("OPTIMIZE")
                .add(Samples.files(name))
                .remove(newest.files())
                .withoutDataChange();
        committed(table().commit(always(rewrite)));
    }

    @Test
    void aCheckpointReadsLikeTheLogItStandsFor() {
        DeltaTable table = table();
        committed(ingest(table, mark(1, "r1", DUE, "1"), "null", replace("a", "b")));
        committed(table.commit(always(append("c"))));
        LogState before = table.latest().orElseThrow().state();
        table.checkpoint(1);
        clean();
        Snapshot after = table().latest().orElseThrow();
        assertThat(after.state()).isEqualTo(before);
        assertThat(committed(table().commit(always(append("d"))))).isEqualTo(2);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aCommitFollowsALogThatIsOnlyACheckpoint() {
        DeltaTable table = table();
        committed(ingest(table, mark(1, "r1", DUE, "1"), "null", replace("a")));
        committed(table.commit(always(append("b"))));
        table.checkpoint(1);
        cleanAllCommits();
        assertThat(table().latest().orElseThrow().commitId()).isEmpty();
        assertThat(committed(table().commit(always(append("c"))))).isEqualTo(2);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("a", "b", "c");
    }

    @Test
    void aPutIntoACleanedLogIsNeverCalledCommitted() {
        committed(ingest(table(), mark(1, "r1", DUE, "1"), "null", replace("a")));
        AtomicBoolean paused = new AtomicBoolean();
        CommitOutcome outcome = fenced().commit(
                        table(), mark(1, "r2", LATER, "2"), new Position("1"), OnForeignCommit.PROCEED, newest -> {
                            if (!paused.getAndSet(true)) {
                                othersCommitAndClean();
                            }
                            return replace("late");
                        });
        assertThat(outcome).isInstanceOf(CommitOutcome.Unknown.class);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("a", "x1", "x2", "x3");
        assertThat(table().latest().orElseThrow().version()).isEqualTo(3);
    }

    /// Versions 1 to 3, a checkpoint of 3, and everything below it gone.
    private void othersCommitAndClean() {
        DeltaTable others = table();
        for (int i = 1; i <= 3; i++) {
            committed(others.commit(always(append("x" + i))));
        }
        others.checkpoint(3);
        clean();
    }

    @Test
    void aSecondZombieInARowIsNotFooledByTheFirst() {
        committed(table().commit(always(append("a"))));
        committed(table().commit(always(append("b"))));
        AtomicBoolean paused = new AtomicBoolean();
        CommitOutcome second = table().commit(newest -> {
            if (!paused.getAndSet(true)) {
                DeltaTable others = table();
                committed(others.commit(always(append("c"))));
                committed(others.commit(always(append("d"))));
                others.checkpoint(3);
                clean();
                String firstZombie = "{\"commitInfo\":{\"txnId\":\"zombie\"}}\n";
                put(log("%020d.json".formatted(1)), firstZombie);
            }
            return new Decision.Write(append("second"));
        });
        assertThat(second).isInstanceOf(CommitOutcome.Unknown.class);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aPutOfTheFirstNumberIntoACleanedLogIsNeverCalledCommitted() {
        AtomicBoolean paused = new AtomicBoolean();
        CommitOutcome outcome = table().commit(newest -> {
            if (!paused.getAndSet(true)) {
                DeltaTable others = table();
                committed(others.commit(always(append("a"))));
                committed(others.commit(always(append("b"))));
                others.checkpoint(1);
                clean();
            }
            return new Decision.Write(append("late"));
        });
        assertThat(outcome).isInstanceOf(CommitOutcome.Unknown.class);
        assertThat(paths(table().latest().orElseThrow())).containsExactly("a", "b");
    }

    @Test
    void aReaderThatKnewAnOldStateFindsTheNewOneAfterCleaning() {
        DeltaTable reader = table();
        committed(table().commit(always(append("a"))));
        assertThat(reader.latest().orElseThrow().version()).isZero();
        othersCommitAndClean();
        assertThat(reader.latest().orElseThrow().version()).isEqualTo(3);
        assertThat(paths(reader.latest().orElseThrow())).containsExactly("a", "x1", "x2", "x3");
    }

    @Test
    void onlyAProvenAbsenceIsAnAbsentTable() {
        assertThat(table().latest()).isEmpty();
        put(log("something.tmp"), "x");
        assertThatThrownBy(() -> table().latest())
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_UNREADABLE))
                .hasMessageContaining(TABLE);
    }

    @Test
    void aBrokenCommitIsNamedWithTableAndVersion() {
        DeltaTable table = table();
        committed(table.commit(always(append("a"))));
        put(log("%020d.json".formatted(1)), "{\"add\":");
        assertThatThrownBy(table::latest)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_UNREADABLE))
                .hasMessageContainingAll(TABLE, "version 1");
        assertThatThrownBy(() -> table().latest())
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_UNREADABLE))
                .hasMessageContaining(TABLE);
    }

    /// As if all but the last checkpoint and what is above it were older than the floor.
    private void clean() {
        table().clean(new LogRetention(Duration.ZERO, Duration.ZERO, 1));
    }

    /// As other engines do it: no commit is left.
    private void cleanAllCommits() {
        store.list(TABLE + "/_delta_log", "").stream()
                .filter(object -> TableLog.isCommit(object.name()))
                .forEach(object -> store.delete(object.key()));
    }

    private void put(String key, String text) {
        assertThat(new Puts(store, host, Duration.ofMinutes(1)).put(key, text.getBytes(UTF_8)))
                .isEqualTo(PutAnswer.CREATED);
    }

    private static String log(String name) {
        return TABLE + "/_delta_log/" + name;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface Racer<T> {
        T run(int racer) throws Exception;
    }

    private static <T> List<T> inThreads(int count, Racer<T> racer) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> racer.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
