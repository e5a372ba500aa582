package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.host.Host;
import dev.freshet.query.QueryLimits;
import dev.freshet.rollup.Rollup;
import dev.freshet.rollup.RollupKind;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.RunnerOptions;
import dev.freshet.schedule.Schedules;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What it costs to compute a rollup in full, and to bring it up to date after one per cent of new facts: in the newest
/// hours, and spread over all of them.
public final class RollupRun {
    private static final double NANOS = 1e9;
    private static final double PERCENT = 0.01;

    private final Host host = Host.system();
    private final Store store;
    private final JsonNode definition;
    private final RollupKind kind;
    private final QueryLimits limits;
    private final Runner runner;

    private RollupRun(Store store) throws IOException {
        this.store = store;
        this.definition = JsonMapper.builder().build().readTree(Usage.DEFINITION);
        this.limits = new QueryLimits(
                2L << 30, Duration.ofHours(1), Runtime.getRuntime().availableProcessors());
        this.kind = new RollupKind(limits);
        ControlTable control = new ControlTable(store, host, Pod.named("bench", host));
        Schedules schedules = new Schedules(store, host, control, List.of(kind));
        this.runner = new Runner(store, host, control, schedules, RunnerOptions.DEFAULT, RunListener.NONE);
    }

    /// @param arguments the project's folder, which is not needed; how many facts (20000000) and commits (200)
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 20_000_000;
        int commits = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        Path lake = Files.createTempDirectory("freshet-bench-");
        try (Store store = LocalStore.open(lake)) {
            new RollupRun(store).run(rows, commits);
        } finally {
            Folders.delete(lake);
        }
    }

    private void run(long rows, int commits) throws InterruptedException {
        Usage usage = new Usage(store, host);
        double parts = commits * (1 + PERCENT);
        for (int i = 0; i < commits; i++) {
            usage.add(rows / commits, i / parts, (i + 1) / parts);
            if (i % 20 == 19) {
                System.err.println("rollup: " + (i + 1) + " of " + commits + " commits of facts");
            }
        }
        double full = seconds("backfill", 0);
        usage.add((long) (rows * PERCENT), commits / parts, 1);
        double tick = seconds("tick", 1);
        usage.add((long) (rows * PERCENT), 0, 1);
        double spread = seconds("tick", 1);
        Rollup rollup = Rollup.of(store, host, limits, definition);
        boolean equal = rollup.verify().equal();
        System.out.println(String.format(
                Locale.ROOT,
                "{\"rows\":%d,\"commits\":%d,\"rollup_rows\":%d,\"full_seconds\":%.2f,\"tick_seconds\":%.2f,"
                        + "\"tick_ratio\":%.4f,\"spread_seconds\":%.2f,\"spread_ratio\":%.4f,\"equal\":%b}",
                rows,
                commits,
                rollup.status().rows().orElse(0),
                full,
                tick,
                tick / full,
                spread,
                spread / full,
                equal));
        if (!equal) {
            throw new IllegalStateException("the rollup is not what its facts add up to");
        }
    }

    private double seconds(String operation, long leastRows) throws InterruptedException {
        ObjectNode asked = definition.deepCopy();
        asked.put("op", operation);
        long start = host.nanos();
        RunRecord run = runner.once(kind, asked, true);
        double seconds = (host.nanos() - start) / NANOS;
        if (run.outcome() != Outcome.SUCCEEDED || run.rows() == null || run.rows() < leastRows) {
            throw new IllegalStateException("the " + operation + " did not succeed: " + run);
        }
        System.err.printf(Locale.ROOT, "rollup: %s of %d rows in %.2f s%n", operation, run.rows(), seconds);
        return seconds;
    }
}
