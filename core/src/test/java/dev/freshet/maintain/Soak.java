package dev.freshet.maintain;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
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
import dev.freshet.table.Snapshot;
import dev.freshet.table.StillNeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Four writers, four readers of versions that are no longer the newest, and maintenance that leaves those versions
/// just long enough. Two writers append events, one appends under a fence, and one replaces a dataset by many small
/// files again and again, which takes it a while. The numbers of the rows of every commit add up to nothing, so those
/// of every version do.
final class Soak {
    private static final TableFolder EVENTS = TableFolder.named("events.soak");
    private static final TableFolder DATASET = TableFolder.named("datasets.soak");
    private static final int LOAD_FILES = 12;

    private final Store store;
    private final Host host;
    private final Duration age;
    private final RowTable events;
    private final RowTable dataset;
    private final MaintainTerms terms;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong fences = new AtomicLong();
    private final Map<String, AtomicLong> counts = new LinkedHashMap<>();
    private final Queue<Version> versions = new ConcurrentLinkedQueue<>();
    final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /// One that was the newest at this time.
    private record Version(RowTable table, long number, Instant seen) {}

    /// @param age how far back versions may be read
    Soak(Store store, Host host, Duration age) {
        this.store = store;
        this.host = host;
        this.age = age;
        this.events = new RowTable(store, host, EVENTS.path());
        this.dataset = new RowTable(store, host, DATASET.path());
        LogRetention logs = new LogRetention(age, age.multipliedBy(2), 50, age);
        this.terms = new MaintainTerms(age, 256 << 10, logs);
        for (String name : List.of(
                "commits",
                "loads",
                "optimized",
                "joined_files",
                "expired_files",
                "vacuumed_files",
                "versions_cleaned",
                "reads",
                "rows_read",
                "missing_files",
                "wrong_sums",
                "failed_writers",
                "failed_maintenance")) {
            counts.put(name, new AtomicLong());
        }
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        counts.forEach((name, count) -> figures.put(name, count.get()));
        return figures;
    }

    void run(Duration length) throws InterruptedException {
        events.create(Map.of("freshet.time_to_live", age.multipliedBy(3).toSeconds() + "s"));
        dataset.create(Map.of());
        List<Thread> threads = new ArrayList<>();
        threads.add(loop("failed_writers", () -> append(events)));
        threads.add(loop("failed_writers", () -> append(events)));
        threads.add(loop("failed_writers", this::appendFenced));
        threads.add(loop("failed_writers", this::load));
        for (int reader = 0; reader < 4; reader++) {
            Random random = new Random(reader);
            threads.add(loop("missing_files", () -> read(random)));
        }
        threads.add(loop("failed_maintenance", () -> maintain(EVENTS)));
        threads.add(loop("failed_maintenance", () -> maintain(DATASET)));
        threads.add(loop("failed_maintenance", this::watch));
        host.sleep(length);
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        check(events.newest());
        check(dataset.newest());
    }

    /// Something that is done again and again.
    private interface Deed {
        void once() throws InterruptedException;
    }

    private Thread loop(String failure, Deed deed) {
        return Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                try {
                    deed.once();
                } catch (RuntimeException e) {
                    count(failure, 1);
                    faults.add(failure + ": " + e);
                } catch (InterruptedException _) {
                    return;
                }
            }
        });
    }

    private void count(String name, long more) {
        counts.get(name).addAndGet(more);
    }

    private DataFile pair(RowTable table) {
        long id = ids.incrementAndGet();
        return table.write(host.now(), id, -id);
    }

    private void append(RowTable table) throws InterruptedException {
        DataFile file = pair(table);
        long _ = table.table().appendBlindly(Change.of("WRITE").add(List.of(file)));
        count("commits", 1);
        host.sleep(Duration.ofMillis(60));
    }

    private void appendFenced() throws InterruptedException {
        DataFile file = pair(events);
        fenced(events, "recorder", _ -> Change.of("WRITE").add(List.of(file)));
        host.sleep(Duration.ofMillis(60));
    }

    /// Files first, for a while, and then the commit.
    private void load() throws InterruptedException {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < LOAD_FILES; i++) {
            files.add(pair(dataset));
            host.sleep(Duration.ofMillis(40));
        }
        fenced(dataset, "ingest", _ -> Change.of("WRITE").add(files).removeAll());
        count("loads", 1);
    }

    private void fenced(RowTable table, String role, Function<Optional<Snapshot>, Change> change) {
        Mark mark = new Mark(
                role,
                role + ":soak",
                new Fence(0, 1),
                host.newId(),
                Optional.of(host.now()),
                Optional.empty(),
                Position.none(),
                "committed",
                Map.of());
        CommitOutcome outcome = new FencedWrite(host, age)
                .commit(table.table(), mark, Position.none(), OnForeignCommit.PROCEED, change);
        if (!(outcome instanceof CommitOutcome.Committed)) {
            throw new FreshetException(ErrorCode.CONFLICT, String.valueOf(outcome));
        }
        count("commits", 1);
    }

    private void maintain(TableFolder folder) throws InterruptedException {
        StepRun run = new StepRun(store, host, folder, fences.incrementAndGet(), age);
        Rules rules = new Rules(folder, terms, StillNeeded.nothing());
        var _ = new MaintainTask(rules, this::maintained).run(run);
        DeltaTable table = DeltaTable.withoutUpkeep(store, folder.path(), host);
        table.latest().ifPresent(newest -> table.upkeep(newest.version(), terms.logs()));
        host.sleep(Duration.ofMillis(500));
    }

    private void maintained(Maintained done) {
        count("optimized", done.into());
        count("joined_files", done.joined().count());
        count("expired_files", done.expired().count());
        count("vacuumed_files", done.dead().count());
        count("versions_cleaned", done.versions());
    }

    /// Writes down which versions there are, and forgets those that may be gone soon.
    private void watch() throws InterruptedException {
        for (RowTable table : List.of(events, dataset)) {
            versions.add(new Version(table, table.newest().version(), host.now()));
        }
        Instant oldest = host.now().minus(age.dividedBy(2));
        versions.removeIf(version -> version.seen().isBefore(oldest));
        host.sleep(age.dividedBy(40));
    }

    /// Slowly: maintenance goes on meanwhile.
    private void read(Random random) throws InterruptedException {
        List<Version> known = List.copyOf(versions);
        if (known.isEmpty()) {
            host.sleep(Duration.ofMillis(50));
            return;
        }
        Version version = known.get(random.nextInt(known.size()));
        Snapshot snapshot = version.table().table().at(version.number());
        host.sleep(Duration.ofMillis(random.nextLong(age.dividedBy(4).toMillis())));
        check(snapshot);
    }

    private void check(Snapshot snapshot) {
        List<Long> read = new RowTable(store, host, snapshot.table()).ids(snapshot);
        long sum = read.stream().mapToLong(Long::longValue).sum();
        if (sum != 0 || read.size() != snapshot.rows().orElseThrow()) {
            count("wrong_sums", 1);
            faults.add("%s version %d: %d rows, the log says %d, their sum is %d"
                    .formatted(
                            snapshot.table(),
                            snapshot.version(),
                            read.size(),
                            snapshot.rows().orElseThrow(),
                            sum));
        }
        count("reads", 1);
        count("rows_read", read.size());
    }
}
