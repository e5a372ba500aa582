package dev.freshet.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A store as a process sees it that is killed at its k-th store operation: the operation is applied or not, its
/// result never arrives, and nothing the process does afterwards reaches the store.
public final class DyingStore extends InterceptedStore {
    /// The process is dead. Nothing may catch this and go on.
    public static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }

    private final AtomicInteger operations = new AtomicInteger();
    private final int last;
    private final boolean applied;

    /// @param last the operation, from 1, at which the process dies
    /// @param applied whether that operation still happens
    public DyingStore(Store store, int last, boolean applied) {
        super(store);
        this.last = last;
        this.applied = applied;
    }

    public boolean died() {
        return operations.get() >= last;
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        int number = operations.incrementAndGet();
        if (number < last) {
            return action.get();
        }
        if (number == last && applied) {
            var _ = action.get();
        }
        throw new KilledError();
    }
}
