package dev.freshet.store;

import dev.freshet.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A store behind a bad network: it fails, loses replies, delays them, and applies puts long after it reported a
/// failure. Everything follows from the random source, so a seed repeats it.
public final class FaultyStore extends InterceptedStore {
    private enum Fate {
        FINE,
        BEFORE,
        AFTER,
        LATE
    }

    private final Host host;
    private final RandomGenerator random;
    private final List<Supplier<?>> under = new ArrayList<>();
    private volatile Faults faults;

    public FaultyStore(Store store, Host host, RandomGenerator random, Faults faults) {
        super(store);
        this.host = host;
        this.random = random;
        this.faults = faults;
    }

    public void faults(Faults newFaults) {
        faults = newFaults;
    }

    /// Puts that are still under way arrive now.
    public synchronized void arrive() {
        while (!under.isEmpty()) {
            var _ = under.removeFirst().get();
        }
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        delay();
        maybeArrive();
        return switch (fate()) {
            case FINE -> action.get();
            case BEFORE -> throw failure(operation, key);
            case AFTER -> {
                var _ = action.get();
                throw failure(operation, key);
            }
            case LATE -> {
                later(operation, action);
                throw failure(operation, key);
            }
        };
    }

    private static StoreException failure(Operation operation, String key) {
        return StoreException.unknown("the store did not answer: " + operation + " " + key, null);
    }

    private synchronized Fate fate() {
        double roll = random.nextDouble();
        Faults now = faults;
        if (roll < now.before()) {
            return Fate.BEFORE;
        }
        if (roll < now.before() + now.after()) {
            return Fate.AFTER;
        }
        return roll < now.before() + now.after() + now.late() ? Fate.LATE : Fate.FINE;
    }

    private synchronized void later(Operation operation, Supplier<?> action) {
        if (operation == Operation.PUT) {
            under.add(action);
        }
    }

    private synchronized void maybeArrive() {
        if (!under.isEmpty() && random.nextInt(4) == 0) {
            var _ = under.remove(random.nextInt(under.size())).get();
        }
    }

    private void delay() {
        Duration pause = pause();
        if (!pause.isZero()) {
            try {
                host.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw StoreException.unknown("interrupted while the store was thinking", e);
            }
        }
    }

    private synchronized Duration pause() {
        boolean slow = random.nextDouble() < faults.slow();
        return slow ? Duration.ofMillis(random.nextLong(faults.longest().toMillis() + 1)) : Duration.ZERO;
    }
}
