package dev.freshet.schedule;

import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.host.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// One pod's machine in a test. Inline, it does work at once on the thread that starts it, so that a test without
/// threads decides every interleaving; what the work throws, such as [Died], ends the pod. With threads, work goes
/// its own way, and sleeping gives it a moment of real time.
final class PodHost implements Host {
    /// Thrown where a process is killed.
    static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    private final SettableHost machine;
    private final boolean inline;

    PodHost(SettableHost machine, boolean inline) {
        this.machine = machine;
        this.inline = inline;
    }

    SettableHost machine() {
        return machine;
    }

    /// The process is killed when it gets there, for the first time.
    void dieAt(String point) {
        AtomicBoolean alive = new AtomicBoolean(true);
        machine.at(point, () -> {
            if (alive.getAndSet(false)) {
                throw new Died();
            }
        });
    }

    @Override
    public Instant now() {
        return machine.now();
    }

    @Override
    public long nanos() {
        return machine.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        machine.sleep(duration);
        if (!inline) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public Work start(String name, Runnable body) {
        if (!inline) {
            return machine.start(name, body);
        }
        body.run();
        return new Done();
    }

    @Override
    public RandomGenerator random() {
        return machine.random();
    }

    @Override
    public void reach(String point) {
        machine.reach(point);
    }

    /// Work that is of no interest any more.
    record Done() implements Work {
        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public void interrupt() {}
    }
}
