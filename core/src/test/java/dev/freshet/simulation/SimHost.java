package dev.freshet.simulation;

import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import dev.freshet.host.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The machine of one process: its own wrong clock, its own ticker, its own random values.
final class SimHost implements Host {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final World world;
    private final Life life;
    private final Set<Guard> removed;
    private final Random random;
    private final long tickerBase;
    private final Clock clock;

    /// How wrong a machine's wall clock is, which outlives its processes.
    static final class Clock {
        private Duration error;

        Clock(Duration error) {
            this.error = error;
        }

        void jump(Duration by) {
            error = error.plus(by);
        }
    }

    SimHost(World world, Life life, Clock clock, Set<Guard> removed) {
        this.world = world;
        this.life = life;
        this.clock = clock;
        this.removed = removed;
        this.random = new Random(world.random().nextLong());
        this.tickerBase = world.random().nextLong(1L << 40);
    }

    /// One that is right about everything and belongs to nobody.
    static SimHost honest(World world) {
        return new SimHost(world, new Life("nobody"), new Clock(Duration.ZERO), Set.of());
    }

    Life life() {
        return life;
    }

    @Override
    public Instant now() {
        world.touch();
        return START.plusNanos(world.now()).plus(clock.error);
    }

    @Override
    public long nanos() {
        world.touch();
        return tickerBase + world.now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Actor self = world.current();
        if (Thread.interrupted() || self.takeInterrupt()) {
            throw new InterruptedException();
        }
        world.pass(Math.max(1, duration.toNanos()));
        if (self.takeInterrupt()) {
            throw new InterruptedException();
        }
    }

    @Override
    public Work start(String name, Runnable body) {
        world.touch();
        return world.start(name, life, body);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void reach(String point) {
        world.touch();
        if (point.equals("before-data-commit")) {
            world.current().decides(world.now());
        }
    }

    @Override
    public boolean keeps(Guard guard) {
        return !removed.contains(guard);
    }
}
