package dev.freshet.simulation;

import dev.freshet.host.Guard;
import dev.freshet.schedule.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// One story: some processes and operators, trouble for a while, then peace, and a look at what is left of it. The same
/// seed gives the same story, call by call.
final class Simulation {
    private static final Duration HOUR = Duration.ofHours(1);

    private final World world;
    private final Story story;
    private final long seed;
    private final Consumer<String> trace;
    private final Journal journal;
    private final Weather weather;
    private final Archive store;
    private final List<SimPod> pods = new ArrayList<>();

    private Simulation(Story story, long seed, Set<Guard> removed, Consumer<String> trace) {
        this.world = new World(seed);
        this.story = story;
        this.seed = seed;
        this.trace = trace;
        this.journal = new Journal(world, trace);
        this.weather = new Weather(world, story);
        this.store = new Archive(world);
        SimPod.Lake lake = new SimPod.Lake(store, weather, journal, story, removed);
        for (int i = 0; i < story.pods(); i++) {
            pods.add(new SimPod(world, lake, "pod-" + i));
        }
        for (int i = 0; i < 2; i++) {
            new Operator(world, lake, "operator-" + i).begin();
        }
        new Bystander(world, lake).begin();
    }

    static Outcome play(Story.Kind kind, long seed) {
        return play(kind, seed, Set.of(), _ -> {});
    }

    /// @param removed guards of the protocol that are not kept
    /// @param trace hears everything that happens
    static Outcome play(Story.Kind kind, long seed, Set<Guard> removed, Consumer<String> trace) {
        return new Simulation(Story.of(kind, seed), seed, removed, trace).played();
    }

    private Outcome played() {
        pods.forEach(SimPod::boot);
        trouble();
        List<String> violations = new ArrayList<>(new Peace(world, weather, journal, store, pods, story).violations());
        world.end();
        List<ControlVersion> control = new ControlHistory(store).versions();
        control.forEach(version -> trace.accept(version.toString()));
        new Ledger(store, new StoreClock(world)).runs().forEach(run -> trace.accept("ledger  " + run));
        violations.addAll(new Checks(store, control, journal, story).violations());
        return new Outcome(seed, violations, journal.counts(), journal.traceHash());
    }

    /// Deaths, pauses and jumping clocks at random moments.
    private void trouble() {
        for (int i = 0; i < story.kills(); i++) {
            at(() -> anyPod().kill());
        }
        for (int i = 0; i < story.pauses(); i++) {
            at(() -> anyPod().stop(weather.pauseNanos()));
        }
        for (int i = 0; i < story.jumps(); i++) {
            at(() -> anyPod().jump(world.between(HOUR.negated(), HOUR)));
        }
        long end = world.now() + story.length().toNanos();
        while (world.now() < end) {
            world.pass(Duration.ofSeconds(1).toNanos());
            rebootSome();
        }
    }

    private void at(Runnable event) {
        world.at(world.now() + world.random().nextLong(story.length().toNanos()), event);
    }

    private SimPod anyPod() {
        return pods.get(world.random().nextInt(pods.size()));
    }

    private void rebootSome() {
        for (SimPod pod : pods) {
            if (pod.life().isDead() && world.chance(0.15)) {
                pod.boot();
            }
        }
    }
}
