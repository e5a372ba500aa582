package dev.freshet.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A store as a process sees it that is killed at its k-th store operation: the operation is applied or not, its
/// result never arrives, and nothing the process does afterwards reaches the store.
public final class DyingStore extends InterceptedStore {
    /// The process is dead. Nothing may catch this and go on.
    public static final class KilledError extends Error {
        private static final long serialVersionUID = 1;
    }

    /// The operations after which the store is not what it was before.
    public static final Set<Operation> CHANGES =
            EnumSet.of(Operation.PUT, Operation.UPLOAD, Operation.FINISH, Operation.HINT, Operation.DELETE);

    private final AtomicInteger operations = new AtomicInteger();
    private final Set<Operation> deadly;
    private final int last;
    private final boolean applied;

    /// @param last the operation, from 1, at which the process dies
    /// @param applied whether that operation still happens
    public DyingStore(Store store, int last, boolean applied) {
        this(store, EnumSet.allOf(Operation.class), last, applied);
    }

    /// @param deadly the operations that count
    public DyingStore(Store store, Set<Operation> deadly, int last, boolean applied) {
        super(store);
        this.deadly = EnumSet.copyOf(deadly);
        this.last = last;
        this.applied = applied;
    }

    public boolean died() {
        return operations.get() >= last;
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        if (!deadly.contains(operation) && !died()) {
            return action.get();
        }
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
