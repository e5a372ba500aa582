package dev.freshet.host;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// A machine whose time stands still until a test moves it, or until somebody sleeps, which moves it at once.
/// Randomness comes from a seed; threads are real. Hosts made with [#skewed] share the ticker and disagree about
/// the wall clock.
public final class SettableHost implements Host {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos;
    private final AtomicLong offsetNanos;
    private final Random random;
    private final Map<String, Runnable> points = new ConcurrentHashMap<>();

    public SettableHost() {
        this(1);
    }

    public SettableHost(long seed) {
        this(new AtomicLong(), Duration.ZERO, new Random(seed));
    }

    private SettableHost(AtomicLong nanos, Duration offset, Random random) {
        this.nanos = nanos;
        this.offsetNanos = new AtomicLong(offset.toNanos());
        this.random = random;
    }

    /// Another pod's machine in the same universe, its wall clock wrong by this much.
    public SettableHost skewed(Duration offset) {
        return new SettableHost(nanos, offset, new Random(random.nextLong()));
    }

    public void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /// The wall clock jumps; the ticker does not notice.
    public void jump(Duration duration) {
        offsetNanos.addAndGet(duration.toNanos());
    }

    /// What happens when the code under test reaches this point.
    public void at(String point, Runnable action) {
        points.put(point, action);
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get()).plusNanos(offsetNanos.get());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pass(duration);
        LockSupport.parkNanos(1_000); // lets others run
    }

    @Override
    public Work start(String name, Runnable body) {
        return new ThreadWork(Thread.ofVirtual().name(name).start(body));
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void reach(String point) {
        points.getOrDefault(point, () -> {}).run();
    }
}
