package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import dev.freshet.query.QueryEngine;
import dev.freshet.query.QueryLimits;
import dev.freshet.query.QueryResult;
import dev.freshet.query.QueryTable;
import dev.freshet.store.LocalStore;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A query over `freshet.runs` and the ledger itself tell the same.
class LedgerSqlTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aQuerySeesTheRunsThatTheLedgerShows(long seed) {
        LocalStore store = LocalStore.open(folder);
        SettableHost host = new SettableHost();
        Ledger ledger = new Ledger(store, host);
        List<RunRecord> records =
                records(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        ledger.append(records);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (RunRecord run : ledger.runs()) {
            expected.add(Arrays.asList(
                    run.runId(),
                    run.task(),
                    run.outcome().text(),
                    run.reason(),
                    run.adopted(),
                    run.fence().version()));
        }
        assertThat(expected).anyMatch(row -> row.contains("superseded")).hasSizeLessThan(records.size());
        assertThat(query(store, host)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aLakeWithoutARunHasAnEmptyTable() {
        assertThat(query(LocalStore.open(folder), new SettableHost())).isEmpty();
    }

    private static List<List<@Nullable Object>> query(LocalStore store, SettableHost host) {
        DeltaTable table = new DeltaTable(store, Ledger.PATH, host);
        QueryTable runs = new QueryTable("freshet.runs", table::latest, Ledger.SCHEMA, Ledger.SHOWN);
        QueryEngine engine = new QueryEngine(store, QueryLimits.defaults(), () -> List.of(runs));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (QueryResult result =
                engine.run("select run_id, task, outcome, reason, adopted, fence[2] from freshet.runs")) {
            while (result.next()) {
                rows.add(result.row());
            }
        }
        return rows;
    }

    /// Records of few runs, due times and fences, so that they meet; no two of a run or a due time are equally good.
    private static List<RunRecord> records(RandomGenerator random) {
        List<RunRecord> records = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
            records.add(record(random, outcome, i));
        }
        Collections.shuffle(records, new java.util.Random(random.nextLong()));
        return records;
    }

    private static RunRecord record(RandomGenerator random, Outcome outcome, int fence) {
        Instant due = START.plusSeconds(random.nextInt(8));
        boolean requested = outcome.ran() && random.nextInt(3) == 0;
        return new RunRecord(
                "run-" + random.nextInt(40),
                "ingest:t" + random.nextInt(2),
                null,
                requested || !outcome.ran() ? null : due,
                requested ? due : null,
                1,
                due,
                due.plusSeconds(fence),
                outcome,
                random.nextBoolean(),
                random.nextBoolean() ? "why" : null,
                outcome.ran() && random.nextBoolean(),
                null,
                null,
                null,
                "pod",
                "instance",
                new Fence(1, fence),
                null,
                null,
                outcome.ran() ? null : due,
                outcome.ran() ? null : due,
                1);
    }
}
