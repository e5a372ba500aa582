package dev.freshet.simulation;

import dev.freshet.control.ControlTable;
import dev.freshet.control.ControlUpkeep;
import dev.freshet.control.Pod;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Guard;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.RunnerOptions;
import dev.freshet.schedule.Schedules;
import dev.freshet.store.RetryingStore;
import dev.freshet.store.Store;
import dev.freshet.table.LogRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A machine on which one process after the other serves the lake's schedules.
final class SimPod implements RunListener {
    private static final Duration POLL = Duration.ofSeconds(2);

    /// Logs are kept small more often than in real life.
    private static final int VERSIONS = 20;

    private final World world;
    private final Lake lake;
    private final String name;
    private final SimHost.Clock clock;
    private Life life;
    private @Nullable Runner runner;

    /// What all pods of a story share.
    record Lake(Archive store, Weather weather, Journal journal, Story story, Set<Guard> removed) {}

    SimPod(World world, Lake lake, String name) {
        this.world = world;
        this.lake = lake;
        this.name = name;
        Duration skew = lake.story().skew();
        this.clock = new SimHost.Clock(world.between(skew.negated(), skew));
        this.life = new Life(name);
    }

    String name() {
        return name;
    }

    Life life() {
        return life;
    }

    void boot() {
        life = new Life(name);
        SimHost host = host();
        world.start("boot", life, () -> open(host));
    }

    private void open(SimHost host) {
        Store store = store(host);
        ControlTable control = control(store, host);
        Schedules schedules = schedules(store, host, control);
        Runner opened = runner(store, host, control, schedules);
        runner = opened;
        opened.start();
    }

    Runner runner(Store store, SimHost host, ControlTable control, Schedules schedules) {
        Duration floor = lake.story().floor();
        RunnerOptions options =
                new RunnerOptions(POLL, 2, lake.story().lease(), new LogRetention(floor, floor, VERSIONS));
        return new Runner(store, host, control, schedules, options, this);
    }

    ControlTable control(Store store, SimHost host) {
        Duration floor = lake.story().floor();
        return new ControlTable(
                store, host, Pod.named(name, host), new ControlUpkeep(floor, floor, VERSIONS, VERSIONS));
    }

    SimHost host() {
        return new SimHost(world, life, clock, lake.removed());
    }

    Store store(SimHost host) {
        return new RetryingStore(new SimStore(world, lake.store(), lake.weather(), lake.journal(), host.life()), host);
    }

    Schedules schedules(Store store, SimHost host, ControlTable control) {
        return new Schedules(store, host, control, List.of(new SimKind(world, lake.weather(), lake.story())));
    }

    void kill() {
        if (!life.isDead()) {
            lake.journal().line(name, "is killed");
            lake.journal().count(Count.KILLS);
            world.kill(life);
        }
    }

    void stop(long nanos) {
        lake.journal().line(name, "is stopped for " + Duration.ofNanos(nanos).toMillis() + " ms");
        lake.journal().count(Count.PAUSES);
        life.stopUntil(world.now() + nanos);
    }

    void jump(Duration by) {
        lake.journal().line(name, "has its clock moved by " + by);
        lake.journal().count(Count.JUMPS);
        clock.jump(by);
    }

    /// As by SIGTERM.
    void close() {
        @Nullable Runner open = runner;
        if (!life.isDead() && open != null) {
            world.start("close", life, open::close);
        }
    }

    @Override
    public void started(String runId, String task, int attempt) {
        lake.journal().started(runId, task, name);
    }

    @Override
    public void finished(RunRecord run, Duration retryIn) {
        lake.journal().line(name, run.outcome().text() + " " + run.task() + " " + run.runId());
        lake.journal().ended(world.current());
    }

    @Override
    public void adopted(RunRecord run) {
        lake.journal().line(name, "adopts " + run.task() + " " + run.runId());
        lake.journal().count(Count.ADOPTED);
    }

    @Override
    public void lost(RunRecord run) {
        lake.journal().line(name, "finds lost " + run.task() + " " + run.runId());
        lake.journal().count(Count.LOST);
    }

    @Override
    public void reclaimed(String task, String formerPod) {
        lake.journal().line(name, "reclaims " + task + " from " + formerPod);
        lake.journal().count(Count.RECLAIMS);
    }

    @Override
    public void warning(String message) {
        lake.journal().line(name, "warns: " + message);
        if (message.contains("another holder has the fence")) {
            lake.journal().count(Count.FENCED);
        }
    }

    @Override
    public void waiting(String task, String podId, Instant since) {
        lake.journal().line(name, "waits for " + task);
    }

    @Override
    public void failed(String runId, String task, Throwable cause) {
        if (!(cause instanceof FreshetException) && !(cause instanceof InterruptedException)) {
            lake.journal().line(name, "failed " + task + ": " + cause);
        }
    }
}
