package dev.freshet.bench;

import dev.freshet.control.ControlTable;
import dev.freshet.host.Host;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A store each write of which takes its time, as an object store's does. Counts the commits to the control table.
final class SlowWrites extends InterceptedStore {
    private static final Set<Operation> WRITES =
            EnumSet.of(Operation.PUT, Operation.FINISH, Operation.DELETE, Operation.HINT);

    private final Host host;
    private final Duration write;
    private final AtomicInteger controlCommits = new AtomicInteger();

    SlowWrites(Store store, Host host, Duration write) {
        super(store);
        this.host = host;
        this.write = write;
    }

    int controlCommits() {
        return controlCommits.get();
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        if (WRITES.contains(operation)) {
            pause();
            if (key.startsWith(ControlTable.PATH + "/_delta_log/") && key.endsWith(".json")) {
                controlCommits.incrementAndGet();
            }
        }
        return action.get();
    }

    private void pause() {
        try {
            host.sleep(write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
