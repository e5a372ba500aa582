package dev.freshet.simulation;

import dev.freshet.host.Host;
import dev.freshet.host.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// The machine that the store itself runs on: it has a clock, and nothing else is ever asked of it.
record StoreClock(World world) implements Host {
    @Override
    public Instant now() {
        return SimHost.START.plusNanos(world.now());
    }

    @Override
    public long nanos() {
        return world.now();
    }

    @Override
    public void sleep(Duration duration) {
        throw new UnsupportedOperationException("the store does not sleep");
    }

    @Override
    public Work start(String name, Runnable body) {
        throw new UnsupportedOperationException("the store starts nothing");
    }

    @Override
    public RandomGenerator random() {
        throw new UnsupportedOperationException("the store leaves nothing to chance");
    }

    @Override
    public void reach(String point) {}
}
