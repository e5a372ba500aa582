package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Lease;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.event.EventType;
import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A lake in memory with any number of pods. Every schedule runs the lake's current work, which commits an empty
/// table unless the test says otherwise.
final class TestLake {
    private static final Schema SCHEMA = Schema.of(new Column("id", ColumnType.LONG, false));

    final SettableHost clock = new SettableHost(7);
    final Store store = new MemoryStore(clock);
    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger derivations = new AtomicInteger();
    final FakeUpkeep upkeep = new FakeUpkeep();
    volatile Task work = this::load;
    /// What rollups do.
    volatile Task derivation = context -> {
        derivations.incrementAndGet();
        return commit(context);
    };

    /// What most tasks do: replaces the dataset, here by nothing.
    TaskResult load(RunContext context) {
        runs.incrementAndGet();
        return commit(context);
    }

    TaskResult commit(RunContext context) {
        CommitOutcome outcome = context.commit(_ -> empty(), context.startedFrom(), Map.of("rows", 3, "bytes", 300));
        return outcome instanceof CommitOutcome.Committed(var version, var _)
                ? TaskResult.succeeded(3, 300, version, "rows=3")
                : TaskResult.unchanged("not committed: " + outcome);
    }

    static Change empty() {
        return Change.of("WRITE").schema(SCHEMA).removeAll();
    }

    TestPod pod(String name) {
        return pod(name, Duration.ZERO, true, store);
    }

    TestPod podWithThreads(String name) {
        return pod(name, Duration.ZERO, false, store);
    }

    TestPod pod(String name, Duration skew, boolean inline, Store through) {
        return new TestPod(this, name, new PodHost(clock.skewed(skew), inline), through);
    }

    Ledger ledger() {
        return new Ledger(store, clock);
    }

    List<RunRecord> runs(String dataset) {
        return ledger().runs("ingest:" + dataset);
    }

    Snapshot table(String dataset) {
        return new DeltaTable(store, "datasets/" + dataset, clock).latest().orElseThrow();
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    static String definition(String id, String rest) {
        return "{'id':'" + id + "','kind':{'type':'mysql','table':'" + id + "'},'enabled':true," + rest + "}";
    }

    static JsonNode json(String text) {
        return DefinitionText.json("test", text.replace('\'', '"'));
    }

    static String rollup(String name, String source) {
        return "{'rollup':'" + name + "','source':'" + source + "'," + every(86400) + "}";
    }

    static String every(int seconds) {
        return "'trigger':{'type':'interval','secs':" + seconds + "}";
    }

    /// One process.
    static final class TestPod implements RunListener {
        final PodHost host;
        final ControlTable control;
        final Schedules schedules;
        final Runner runner;
        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<RunRecord> finished = new CopyOnWriteArrayList<>();
        /// What becomes events beside the end of runs.
        final List<String> life = new CopyOnWriteArrayList<>();

        TestPod(TestLake lake, String name, PodHost host, Store store) {
            this.host = host;
            this.control = new ControlTable(store, host, Pod.named(name, host));
            this.schedules = new Schedules(
                    store,
                    host,
                    control,
                    List.of(
                            new FakeKind("mysql", _ -> context -> lake.work.run(context)),
                            FakeKind.idle("postgres"),
                            new FakeRollup(_ -> context -> lake.derivation.run(context)),
                            lake.upkeep),
                    lake.upkeep);
            RunnerOptions options = RunnerOptions.DEFAULT.withGrace(Duration.ofSeconds(2));
            this.runner = new Runner(store, host, control, schedules, options, this);
        }

        Applied apply(String text) {
            return schedules.apply(json(text));
        }

        /// One tick to claim and, inline, work; another to release.
        void work() {
            runner.tick();
            runner.tick();
        }

        void tick(int times, Duration apart) {
            for (int i = 0; i < times; i++) {
                host.machine().pass(apart);
                runner.tick();
            }
        }

        TaskRow row(String dataset) {
            return control.row("ingest:" + dataset).orElseThrow();
        }

        Instant now() {
            return host.now();
        }

        @Override
        public void granted(Lease lease) {
            life.add("granted " + lease.task());
        }

        @Override
        public void leaseLost(Lease lease, String why) {
            life.add("lost " + lease.task() + ": " + why);
        }

        @Override
        public void fired(String runId, String task, String schedule, Instant dueAt) {
            life.add("fired " + schedule + " " + dueAt);
        }

        @Override
        public void started(String runId, String task, int attempt) {
            life.add("started " + task + " " + attempt);
        }

        @Override
        public void happened(String runId, String task, EventType type, Map<String, ?> details) {
            life.add(type.text() + " " + details);
        }

        @Override
        public void finished(RunRecord run, Duration retryIn) {
            finished.add(run);
            heard.add(run.outcome().text() + " " + run.task());
        }

        @Override
        public void adopted(RunRecord run) {
            heard.add("adopted " + run.task());
        }

        @Override
        public void lost(RunRecord run) {
            heard.add("lost " + run.task());
        }

        @Override
        public void reclaimed(String task, String formerPod) {
            heard.add("reclaimed " + task + " from " + formerPod);
        }

        @Override
        public void waiting(String task, String podId, Instant since) {
            heard.add("waiting for " + task + " of " + podId);
        }

        @Override
        public void failed(String runId, String task, Throwable cause) {
            heard.add("cause " + Objects.toString(cause.getMessage()));
        }

        @Override
        public void warning(String message) {
            heard.add("warning " + message);
        }
    }
}
