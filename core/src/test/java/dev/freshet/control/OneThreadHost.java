package dev.freshet.control;

import dev.freshet.host.Host;
import dev.freshet.host.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// A machine that does at once, on the caller's thread, what others do beside it.
public record OneThreadHost(Host host) implements Host {
    /// Work that ended before anybody could ask.
    private record Done() implements Work {
        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public void interrupt() {}
    }

    @Override
    public Instant now() {
        return host.now();
    }

    @Override
    public long nanos() {
        return host.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        host.sleep(duration);
    }

    @Override
    public Work start(String name, Runnable body) {
        body.run();
        return new Done();
    }

    @Override
    public RandomGenerator random() {
        return host.random();
    }

    @Override
    public void reach(String point) {
        host.reach(point);
    }
}
