package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.TaskRow;
import dev.freshet.host.SettableHost;
import dev.freshet.query.QueryEngine;
import dev.freshet.query.QueryLimits;
import dev.freshet.query.QueryResult;
import dev.freshet.query.QueryTable;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.LocalStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Instant T = Instant.parse("2026-05-01T12:00:00.123456Z");

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final Ledger ledger = new Ledger(store, host);

    @Test
    void aRecordIsReadAsItWasWritten() {
        RunRecord full = new RunRecord(
                "r1",
                "ingest:a",
                "s",
                T,
                T.plusSeconds(1),
                2,
                T.plusSeconds(2),
                T.plusSeconds(3),
                Outcome.FAILED,
                true,
                "why",
                true,
                1L,
                2L,
                3L,
                "pod",
                "instance",
                new Fence(4, 5),
                "error",
                "STALLED",
                T,
                T.plusSeconds(9),
                6);
        RunRecord bare = new RunRecord(
                "r2",
                "ingest:b",
                null,
                null,
                null,
                1,
                T,
                T,
                Outcome.UNCHANGED,
                true,
                null,
                false,
                null,
                null,
                null,
                "p",
                "i",
                new Fence(0, 1),
                null,
                null,
                null,
                null,
                0);
        ledger.append(List.of(bare, full));
        assertThat(ledger.runs()).containsExactly(bare, full);
        assertThat(ledger.runs("ingest:b")).containsExactly(bare);
        assertThat(ledger.runs("ingest:c")).isEmpty();
    }

    @Test
    void aLakeWithoutLedgerHasNoRuns() {
        assertThat(ledger.runs()).isEmpty();
    }

    @Test
    void appendingOnlyAddsFiles() {
        ledger.append(List.of(run("r1", Outcome.SUCCEEDED, 1, T)));
        ledger.append(List.of(run("r2", Outcome.SUCCEEDED, 2, T.plusSeconds(9))));
        DeltaTable table = new DeltaTable(store, Ledger.PATH, host);
        assertThat(table.latest().orElseThrow().files()).hasSize(2);
        assertThat(table.latest().orElseThrow().rows()).hasValue(2);
    }

    @Test
    void aRunThatWasRecordedTwiceCountsOnceAndSuccessBeatsLossAndFailure() {
        ledger.append(List.of(run("r1", Outcome.LOST, 1, T)));
        ledger.append(List.of(run("r1", Outcome.SUCCEEDED, 1, T)));
        ledger.append(List.of(run("r1", Outcome.FAILED, 1, T)));
        ledger.append(List.of(run("r1", Outcome.SUCCEEDED, 1, T)));
        assertThat(ledger.runs()).containsExactly(run("r1", Outcome.SUCCEEDED, 1, T));
    }

    @Test
    void ofTwoRunsThatSettledADueTimeTheHighestFenceCounts() {
        ledger.append(List.of(
                run("new", Outcome.SUCCEEDED, 7, T),
                run("old", Outcome.UNCHANGED, 3, T),
                run("next", Outcome.SUCCEEDED, 8, T.plusSeconds(60))));
        assertThat(ledger.runs())
                .filteredOn(run -> LedgerView.SUPERSEDED.equals(run.reason()))
                .extracting(RunRecord::runId)
                .containsExactly("old");
    }

    @Test
    void aRangeThatTwoHoldersRecordedCountsOnceAsTheLaterOneSawIt() {
        RunRecord early = range("r1", 1, T, T.plusSeconds(120), 3);
        RunRecord late = range("r2", 2, T, T.plusSeconds(240), 5);
        ledger.append(List.of(late));
        ledger.append(List.of(early, range("r1", 1, T.plusSeconds(3600), T.plusSeconds(3600), 1)));
        assertThat(ledger.runs()).extracting(RunRecord::count).containsExactlyInAnyOrder(5L, 1L);
    }

    @Test
    void aRangeThatTwoAdoptersOfOneRunRecordedCountsOnceAsTheLastOneSawIt() {
        RunRecord first = range("r1", 1, T, T.plusSeconds(120), 3);
        RunRecord last = range("r1", 1, T, T.plusSeconds(240), 5);
        ledger.append(List.of(first));
        ledger.append(List.of(last));
        ledger.append(List.of(first));
        assertThat(ledger.runs()).extracting(RunRecord::count).containsExactly(5L);
    }

    @Test
    void queriesSeeTheSameRunsAsReaders(@TempDir Path folder) {
        Store local = LocalStore.open(folder);
        Ledger kept = new Ledger(local, host);
        kept.append(List.of(
                run("new", Outcome.SUCCEEDED, 7, T),
                run("old", Outcome.UNCHANGED, 3, T),
                run("twice", Outcome.LOST, 8, T.plusSeconds(60)),
                range("new", 7, T.plusSeconds(5), T.plusSeconds(7), 2)));
        kept.append(List.of(
                run("twice", Outcome.SUCCEEDED, 8, T.plusSeconds(60)),
                range("later", 9, T.plusSeconds(5), T.plusSeconds(9), 4)));
        DeltaTable table = new DeltaTable(local, Ledger.PATH, host);
        QueryTable shown = new QueryTable("freshet.runs", table::latest, Ledger.SCHEMA, Ledger.SHOWN);
        List<List<Object>> rows = new ArrayList<>();
        QueryEngine engine = new QueryEngine(local, QueryLimits.defaults(), () -> List.of(shown));
        try (QueryResult result =
                engine.run("SELECT run_id, outcome, coalesce(reason, ''), \"count\" FROM freshet.runs")) {
            while (result.next()) {
                rows.add(List.copyOf(result.row()));
            }
        }
        List<List<Object>> expected = kept.runs().stream()
                .map(run -> List.<Object>of(
                        run.runId(), run.outcome().text(), Objects.requireNonNullElse(run.reason(), ""), run.count()))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected).hasSize(4);
    }

    @Test
    void runsAreSortedByTheirEnd() {
        for (int i = 0; i < 30; i++) {
            ledger.append(List.of(run("r" + i, Outcome.SUCCEEDED, i, T.plus(Duration.ofMinutes(i)))));
        }
        assertThat(ledger.runs()).hasSize(30).isSortedAccordingTo(Comparator.comparing(RunRecord::finishedAt));
    }

    @Test
    void filesThatWereReadAreNotReadAgain() {
        for (int i = 0; i < 20; i++) {
            ledger.append(List.of(run("r" + i, Outcome.SUCCEEDED, i, T.plusSeconds(i))));
        }
        List<String> read = new ArrayList<>();
        Ledger watched = new Ledger(reading(read), host);
        assertThat(watched.runs("ingest:a")).hasSize(20);
        assertThat(read).isNotEmpty();
        read.clear();
        assertThat(watched.runs("ingest:a")).hasSize(20);
        assertThat(watched.runs()).hasSize(20);
        assertThat(read).isEmpty();
    }

    @Test
    void aTaskIsLookedUpWithoutFilesThatAreNotAboutItThoughTheirBoundsAllowIt() {
        List<RunRecord> many = new ArrayList<>();
        for (int i = 0; i <= KeptRuns.MOST_RECORDS; i++) {
            many.add(RunRecord.of(claimed("ingest:" + (i % 2 == 0 ? "a" : "z"), "r" + i))
                    .ended(Outcome.SUCCEEDED, T.plusSeconds(i)));
        }
        ledger.append(many);
        ledger.append(List.of(RunRecord.of(claimed("ingest:m", "rm")).ended(Outcome.SUCCEEDED, T)));
        List<String> read = new ArrayList<>();
        Ledger watched = new Ledger(reading(read), host);
        assertThat(watched.runs("ingest:m")).hasSize(1);
        assertThat(read.stream().distinct()).hasSize(2);
        read.clear();
        assertThat(watched.runs("ingest:m")).hasSize(1);
        assertThat(read.stream().distinct())
                .as("too much to remember, but not what it is about")
                .hasSizeLessThan(2);
        assertThat(watched.runs("ingest:a")).hasSize(KeptRuns.MOST_RECORDS / 2 + 1);
    }

    @Test
    void whatADeadHolderLeftIsLookedUpInTheFilesThatMayBeAboutItHoweverManyThereAre() {
        for (int i = 0; i < 20; i++) {
            ledger.append(List.of(run("r" + (10 + i), Outcome.SUCCEEDED, i, T.plusSeconds(i))));
        }
        ledger.append(List.of(run("others", Outcome.LOST, 21, T)));
        List<String> read = new ArrayList<>();
        Ledger watched = new Ledger(reading(read), host);
        assertThat(watched.about(claimed("ingest:a", "r15")))
                .extracting(RunRecord::runId)
                .containsExactlyInAnyOrder("r10", "r15", "others");
        assertThat(read.stream().distinct()).hasSize(3);
    }

    /// Notes which of the ledger's data files are read.
    private Store reading(List<String> read) {
        return new InterceptedStore(store) {
            @Override
            protected <R> R intercept(Operation operation, String key, Supplier<R> action) {
                if (operation == Operation.READ && key.endsWith(".parquet") && !key.contains("_delta_log")) {
                    read.add(key);
                }
                return action.get();
            }
        };
    }

    private static TaskRow claimed(String task, String token) {
        return TaskRow.idle(task, T)
                .with()
                .token(token)
                .fence(new Fence(0, 1))
                .instanceId("i")
                .dueAt(T)
                .build();
    }

    private static RunRecord run(String id, Outcome outcome, long fence, Instant due) {
        return new RunRecord(
                id,
                "ingest:a",
                "s",
                due,
                null,
                1,
                due,
                due,
                outcome,
                true,
                null,
                false,
                1L,
                2L,
                3L,
                "p",
                "i",
                new Fence(0, fence),
                null,
                null,
                null,
                null,
                0);
    }

    private static RunRecord range(String id, long fence, Instant from, Instant to, long count) {
        return new RunRecord(
                id,
                "ingest:a",
                "s",
                null,
                null,
                0,
                from,
                to,
                Outcome.MISSED,
                true,
                "x",
                false,
                null,
                null,
                null,
                "p",
                "i",
                new Fence(0, fence),
                null,
                null,
                from,
                to,
                count);
    }
}
