package dev.freshet.table;

import dev.freshet.host.Host;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.PutResult;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/// A store whose puts fail, lose their replies and arrive late, while everything else works.
final class FaultyPuts extends InterceptedStore {
    private final FaultyStore puts;

    FaultyPuts(Host host, long seed) {
        this(new MemoryStore(host), host, seed);
    }

    private FaultyPuts(Store store, Host host, long seed) {
        super(store);
        this.puts = new FaultyStore(store, host, new Random(seed), new Faults(0.1, 0.15, 0.15, 0, Duration.ZERO));
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        return puts.putIfAbsent(key, content);
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        return action.get();
    }
}
