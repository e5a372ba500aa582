package dev.freshet.e2e;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Real processes on one lake copy tables that never stand still, while some are killed and others are stopped past the
/// end of their leases. Then everything comes to rest, and the lake and the logs are gone over.
final class Chaos {
    private static final int TABLES = 6;
    private static final int ROWS_PER_SECOND = 250;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration TO_REST = Duration.ofMinutes(2);

    private final ChaosOptions options;
    private final Stage stage;
    private final PrintStream progress;
    private final Database database = Postgres.newDatabase();
    private final Traffic traffic;
    private final List<Rhythm> rhythms = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger pauses = new AtomicInteger();
    private int told = -1;

    Chaos(ChaosOptions options, Stage stage, PrintStream progress) {
        this.options = options;
        this.stage = stage;
        this.progress = progress;
        this.traffic = new Traffic(database, TABLES, random(0));
    }

    /// Each actor has a random sequence of its own.
    private RandomGenerator random(long actor) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed() * 31 + actor);
    }

    ChaosReport run() throws Exception {
        traffic.makeTables();
        apply();
        try (ControlLog control = new ControlLog(stage.lake())) {
            Fleet fleet = new Fleet(stage, control, options.lease().multipliedBy(2));
            for (int n = 0; n < options.pods(); n++) {
                fleet.start();
            }
            Eventually.that("every table was copied once", () -> control.allRanAfter(Instant.EPOCH, TABLES));
            Pauses stops = new Pauses(fleet, control, random(1), options.lease());
            act(control, new Kills(fleet, control, random(2), options.calm()), stops);
            rest(fleet, control);
            progress.println("chaos: going over the lake");
            return new ChaosFindings(options, stage.lake(), database, rhythms).report(fleet, control, stops);
        }
    }

    private void apply() {
        for (String table : traffic.tables()) {
            boolean steady = rhythms.size() % 3 == 2; // so that due times are skipped and missed, too
            rhythms.add(new Rhythm(table, Duration.ofSeconds(steady ? 2 : 1), !steady));
        }
        stage.apply(rhythms.stream().map(this::definition).toArray(Definition[]::new));
    }

    private Definition definition(Rhythm rhythm) {
        return Definition.every((int) rhythm.interval().toSeconds(), rhythm.id(), database, rhythm.id())
                .with(json -> {
                    json.put("lease_secs", options.lease().toSeconds());
                    json.withObject("/trigger")
                            .put("strategy", rhythm.sinceCompletion() ? "since_completion" : "anchored_skip");
                    json.withObject("/retry")
                            .putArray("delays_secs")
                            .add(1)
                            .add(1)
                            .add(1);
                    json.withObject("/kind")
                            .put("max_rows_per_sec", ROWS_PER_SECOND)
                            .put("batch_size", 50);
                });
    }

    private void act(ControlLog control, Kills killer, Pauses stops) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService actors = Executors.newFixedThreadPool(4)) {
            Future<?> changes = actors.submit(() -> {
                traffic.flow();
                return true;
            });
            Future<?> watch = actors.submit(until(over, () -> look(control)));
            all.add(actors.submit(times(options.kills(), kills, killer::kill)));
            all.add(actors.submit(times(options.pauses(), pauses, stops::pause)));
            try {
                for (Future<?> actor : all) {
                    actor.get();
                }
            } catch (ExecutionException e) {
                actors.shutdownNow();
                throw e;
            } finally {
                traffic.stop();
                over.set(true);
            }
            changes.get();
            watch.get();
        }
    }

    private interface Deed {
        void happen() throws Exception;
    }

    private Callable<Boolean> times(int times, AtomicInteger done, Deed deed) {
        return () -> {
            while (done.get() < times) {
                deed.happen();
                done.incrementAndGet();
            }
            return true;
        };
    }

    private static Callable<Boolean> until(AtomicBoolean end, Deed deed) {
        return () -> {
            while (!end.get()) {
                deed.happen();
            }
            return true;
        };
    }

    private void look(ControlLog control) throws InterruptedException {
        control.read();
        int events = kills.get() + pauses.get();
        if (events / 10 != told) {
            told = events / 10;
            progress.printf(
                    "chaos: %d of %d killed, %d of %d stopped, %d takeovers%n",
                    kills.get(),
                    options.kills(),
                    pauses.get(),
                    options.pauses(),
                    control.takeovers().size());
        }
        Thread.sleep(BETWEEN_LOOKS);
    }

    /// Until every table was copied by a run that began after its last change; then the processes end as they are told.
    private void rest(Fleet fleet, ControlLog control) throws InterruptedException {
        progress.println("chaos: coming to rest");
        Instant quiet = Instant.now();
        long end = System.nanoTime() + TO_REST.toNanos();
        while (!control.allRanAfter(quiet, TABLES)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not all tables are copied again: " + control.rows());
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        fleet.alive().forEach(pod -> pod.process().terminate());
        for (Pod pod : fleet.alive()) {
            if (pod.process().exit() != 0) {
                throw new AssertionError(pod.id() + " did not end in peace: " + pod.process());
            }
        }
        control.read();
    }
}
