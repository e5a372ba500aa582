package dev.freshet.bench;

import dev.freshet.event.Event;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.FullPolicy;
import dev.freshet.event.RecorderCounts;
import dev.freshet.event.RecorderOptions;
import dev.freshet.host.Host;
import dev.freshet.host.Work;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// How many events one process records and stores on a local disk, under the default policy and durably, and whether
/// anything acknowledged is missing after many deaths.
public final class EventsRun {
    private static final int RECORDERS = 4;
    private static final int BURST = 100;
    /// Half of what the spill may take: beyond it the recorders wait, for otherwise more is offered than this machine
    /// can ever store.
    private static final long MUCH = FullPolicy.Spill.DEFAULT_BYTES / 2;

    private static final Duration BREATH = Duration.ofMillis(1);
    private static final int CALLERS = 256;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final double NANOS = 1e9;

    private final Host host;
    private final Duration time;
    private double recordedPerSecond;
    private double storedPerSecond;
    private double durablePerSecond;
    private Samples latencies = new Samples();
    private long dropped;
    private long lost;

    private EventsRun(Host host, Duration time) {
        this.host = host;
        this.time = time;
    }

    /// Ends with an error if an event was lost or doubled.
    ///
    /// @param arguments the project's folder, for how many seconds (10) and how many kills (100)
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int kills = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        EventsRun run = new EventsRun(Host.system(), Duration.ofSeconds(seconds));
        run.inFolder(run::fast);
        run.inFolder(run::durable);
        EventKills deaths = new EventKills(run.host);
        if (kills > 0) {
            run.inFolder(folder -> deaths.run(folder, kills));
        }
        System.out.println(String.format(
                Locale.ROOT,
                "{\"recorded_per_second\":%.0f,\"stored_per_second\":%.0f,\"durable_per_second\":%.0f,"
                        + "\"durable_p50_ms\":%.1f,\"durable_p99_ms\":%.1f,\"dropped\":%d,\"lost\":%d,\"doubled\":%d,"
                        + "\"kills\":%d,\"acknowledged\":%d}",
                run.recordedPerSecond,
                run.storedPerSecond,
                run.durablePerSecond,
                run.latencies.median(),
                run.latencies.quantile(0.99),
                run.dropped,
                run.lost + deaths.lost(),
                deaths.doubled(),
                kills,
                deaths.acknowledged()));
        if (run.dropped + run.lost + deaths.lost() + deaths.doubled() > 0) {
            throw new IllegalStateException("events were lost or doubled");
        }
    }

    @FunctionalInterface
    private interface Part {
        void run(Path folder) throws IOException, InterruptedException;
    }

    private void inFolder(Part part) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("freshet-bench-");
        try {
            part.run(folder);
        } finally {
            Folders.delete(folder);
        }
    }

    private EventRecorder open(Store store, Path folder) {
        return EventRecorder.open(store, host, "bench", RecorderOptions.spillingTo(folder.resolve("spill")));
    }

    private void fast(Path folder) throws InterruptedException {
        try (Store store = LocalStore.open(folder.resolve("lake"));
                EventRecorder recorder = open(store, folder)) {
            recordAll(recorder, WARM_UP);
            recorder.flush(DRAIN);
            long before = recorder.counts().recorded();
            long start = host.nanos();
            recordAll(recorder, time);
            long recorded = recorder.counts().recorded() - before;
            recordedPerSecond = recorded * NANOS / (host.nanos() - start);
            recorder.flush(DRAIN);
            storedPerSecond = recorded * NANOS / (host.nanos() - start);
            recorder.close(DRAIN);
            RecorderCounts counts = recorder.counts();
            dropped += counts.dropped() + counts.lostLater();
            lost += counts.recorded() - rows(store);
            System.err.println("events: " + counts);
        }
    }

    private void recordAll(EventRecorder recorder, Duration forTime) throws InterruptedException {
        long end = host.nanos() + forTime.toNanos();
        List<Work> recorders = new ArrayList<>();
        for (int i = 0; i < RECORDERS; i++) {
            recorders.add(host.startApart("recorder", () -> bursts(recorder, end)));
        }
        await(recorders);
    }

    private void bursts(EventRecorder recorder, long end) {
        try {
            for (long n = 0; host.nanos() - end < 0; ) {
                if (recorder.counts().spillBytes() > MUCH) {
                    host.sleep(BREATH);
                    continue;
                }
                for (int i = 0; i < BURST; i++) {
                    var _ = recorder.record(
                            Event.of("bench").payload("{\"n\":" + n++ + ",\"what\":\"a thing happened\"}"));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void durable(Path folder) throws InterruptedException {
        try (Store store = LocalStore.open(folder.resolve("lake"));
                EventRecorder recorder = open(store, folder)) {
            callers(recorder, WARM_UP, new ArrayList<>());
            List<Samples> samples = new ArrayList<>();
            long start = host.nanos();
            long stored = callers(recorder, time, samples);
            durablePerSecond = stored * NANOS / (host.nanos() - start);
            samples.forEach(latencies::addAll);
            recorder.close(DRAIN);
            lost += recorder.counts().durable() - rows(store);
            System.err.println("events: " + recorder.counts());
        }
    }

    private long callers(EventRecorder recorder, Duration forTime, List<Samples> samples) throws InterruptedException {
        long end = host.nanos() + forTime.toNanos();
        AtomicLong stored = new AtomicLong();
        List<Work> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Samples own = new Samples();
            samples.add(own);
            callers.add(host.start("caller", () -> call(recorder, end, own, stored)));
        }
        await(callers);
        return stored.get();
    }

    private void call(EventRecorder recorder, long end, Samples own, AtomicLong stored) {
        try {
            for (long start = host.nanos(); start - end < 0; start = host.nanos()) {
                var _ = recorder.recordDurably(Event.of("bench").payload("{\"what\":\"a thing happened\"}"));
                own.add(host.nanos() - start);
                stored.incrementAndGet();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(List<Work> all) throws InterruptedException {
        while (!all.stream().allMatch(Work::ended)) {
            host.sleep(BREATH);
        }
    }

    private long rows(Store store) {
        return new DeltaTable(store, "events/events", host)
                .latest()
                .map(Snapshot::rows)
                .orElseThrow()
                .orElseThrow();
    }
}
