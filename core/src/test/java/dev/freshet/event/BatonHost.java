package dev.freshet.event;

import dev.freshet.host.Host;
import dev.freshet.host.Work;
import dev.freshet.store.DyingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/// A machine on which one thread runs at a time: who sleeps hands the baton to the one that wakes first, and time jumps
/// there. Who of several wakes at the same time follows from the seed, so a seed repeats everything. The thread that
/// made it has the baton first.
final class BatonHost implements Host {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final Random random;
    private final List<Runner> asleep = new ArrayList<>();
    private final Runner first = new Runner(Thread.currentThread());
    private final ThreadLocal<Runner> self = ThreadLocal.withInitial(() -> first);
    private long nanos;

    BatonHost(long seed) {
        this.random = new Random(seed);
    }

    /// One of the threads, with its place in the world.
    private static final class Runner implements Work {
        private final Semaphore baton = new Semaphore(0);
        private final Thread thread;
        private long wakes;
        private volatile boolean ended;

        Runner(Thread thread) {
            this.thread = thread;
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public void interrupt() {
            wakes = Long.MIN_VALUE;
            thread.interrupt();
        }
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Runner runner = self.get();
        runner.wakes = Thread.currentThread().isInterrupted() ? Long.MIN_VALUE : nanos + duration.toNanos();
        asleep.add(runner);
        handOver();
        runner.baton.acquireUninterruptibly();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void handOver() {
        long earliest = asleep.stream().mapToLong(runner -> runner.wakes).min().orElse(nanos);
        List<Runner> next =
                asleep.stream().filter(runner -> runner.wakes == earliest).toList();
        if (next.isEmpty()) {
            return;
        }
        Runner chosen = next.get(random.nextInt(next.size()));
        asleep.remove(chosen);
        nanos = Math.max(nanos, earliest);
        chosen.baton.release();
    }

    @Override
    public Work start(String name, Runnable body) {
        Semaphore made = new Semaphore(0);
        List<Runner> runner = new ArrayList<>();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            made.acquireUninterruptibly();
            Runner mine = runner.getFirst();
            self.set(mine);
            mine.baton.acquireUninterruptibly();
            try {
                body.run();
            } catch (DyingStore.KilledError _) {
                // so it ends with its process
            } finally {
                mine.ended = true;
                handOver();
            }
        });
        Runner started = new Runner(thread);
        started.wakes = nanos;
        runner.add(started);
        asleep.add(started);
        made.release();
        thread.start();
        return started;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void reach(String point) {}
}
