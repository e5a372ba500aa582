package dev.freshet.rollup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Batch;
import dev.freshet.control.ControlTable;
import dev.freshet.control.OneThreadHost;
import dev.freshet.control.Pod;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.query.QueryLimits;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.RunnerOptions;
import dev.freshet.schedule.Schedules;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lake on the local disk with the facts of the reference case and their rollup, and processes that work on it, one
/// at a time and without threads.
final class UsageLake {
    static final QueryLimits LIMITS = new QueryLimits(512L << 20, Duration.ofMinutes(5), 1);
    private static final int KEYS = 7;

    static final JsonNode HOURLY = json(Fact.HOURLY);

    final SettableHost clock;
    final Store store;
    final FactsTable facts;
    final DeltaTable rows;
    private int processes;

    /// A tick that reads more facts is cut into months.
    long mostRows = 1_000_000;

    /// Something that happens once, when a [MeddledStore] gets to it.
    @Nullable
    Runnable meddling;

    UsageLake(Path folder) {
        this(folder, 1);
    }

    UsageLake(Path folder, long seed) {
        clock = new SettableHost(seed);
        store = LocalStore.open(folder);
        facts = new FactsTable(store, clock, "datasets/task_usage");
        rows = DeltaTable.withoutUpkeep(store, "rollups/task_usage_hourly", clock);
    }

    void meddle() {
        Runnable once = meddling;
        meddling = null;
        if (once != null) {
            once.run();
        }
    }

    static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode with(String more) {
        return ((ObjectNode) HOURLY.deepCopy()).setAll((ObjectNode) json(more));
    }

    /// A process of its own, through whatever store, with or without a safeguard.
    Process process(Store through, Safeguards safeguards) {
        return new Process(through, safeguards);
    }

    Process process() {
        return process(store, Safeguards.ALL);
    }

    /// One process of the lake.
    final class Process {
        final Host host = new OneThreadHost(clock);
        final RollupKind kind;
        final Runner runner;

        Process(Store through, Safeguards safeguards) {
            kind = new RollupKind(new Terms(LIMITS, mostRows, safeguards));
            ControlTable control = new ControlTable(through, host, Pod.named("pod" + processes++, host));
            Schedules schedules = new Schedules(through, host, control, List.of(kind));
            runner = new Runner(through, host, control, schedules, RunnerOptions.DEFAULT, RunListener.NONE);
        }

        RunRecord run(JsonNode definition) {
            try {
                return runner.once(kind, definition, true);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        RunRecord tick() {
            return run(HOURLY);
        }

        RunRecord backfill() {
            return run(with("{'op': 'backfill'}"));
        }

        MigrationResult migrate() throws InterruptedException {
            return new RollupMigration(runner, kind, store, host).run(HOURLY, Duration.ZERO, Duration.ofMinutes(10));
        }
    }

    Rollup rollup() {
        return Rollup.of(store, clock, LIMITS, HOURLY);
    }

    Optional<Snapshot> table() {
        return rows.latest().filter(Snapshot::hasColumns);
    }

    Optional<RollupState> state() {
        return table().flatMap(RollupState::in);
    }

    /// The rows of the rollup: hour and dimensions, then the measures.
    Map<List<@Nullable Object>, List<@Nullable Object>> rows() {
        Map<List<@Nullable Object>, List<@Nullable Object>> found = new LinkedHashMap<>();
        for (List<@Nullable Object> row : cells()) {
            if (found.put(row.subList(0, KEYS), row.subList(KEYS, row.size())) != null) {
                throw new AssertionError("twice: " + row);
            }
        }
        return found;
    }

    /// The same as they lie in the files.
    List<List<@Nullable Object>> cells() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        table().ifPresent(snapshot -> {
            try (TableScan scan = new TableScan(store, snapshot)) {
                Batch batch = new Batch(scan.schema());
                while (scan.read(batch)) {
                    for (int row = 0; row < batch.rows(); row++) {
                        rows.add(cells(batch, row));
                    }
                }
            }
        });
        return rows;
    }

    private static List<@Nullable Object> cells(Batch batch, int row) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (int column = 0; column < batch.schema().size(); column++) {
            cells.add(batch.value(column, row));
        }
        return cells;
    }

    /// The rows that facts make, computed here and without any engine.
    static Map<List<@Nullable Object>, List<@Nullable Object>> made(Collection<Fact> facts) {
        Map<List<@Nullable Object>, List<@Nullable Object>> made = new LinkedHashMap<>();
        Map<List<@Nullable Object>, Set<String>> tasks = new LinkedHashMap<>();
        for (Fact fact : facts) {
            tasks.computeIfAbsent(fact.key(), _ -> new HashSet<>()).add(fact.task());
            List<@Nullable Object> row =
                    made.computeIfAbsent(fact.key(), _ -> new ArrayList<>(Arrays.asList(0L, 0L, 0L, null, 0L, 0L)));
            row.set(0, (Long) row.get(0) + fact.tokens());
            row.set(1, (Long) row.get(1) + 2 * fact.tokens());
            row.set(5, (Long) row.get(5) + 1);
        }
        tasks.forEach((key, distinct) -> made.get(key).set(4, (long) distinct.size()));
        return made;
    }
}
