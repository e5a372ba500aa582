package dev.freshet.store;

import dev.freshet.host.Host;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A store whose reads and listings are tried again, a few times and with growing, jittered pauses, when the store
/// failed in a way that may pass: they change nothing, so a second one does no harm. Puts are resolved by [Puts], and
/// uploads by whoever can make another one. Safe for use by many threads; closes the store underneath.
public final class RetryingStore implements Store {
    private static final int TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 20;

    private final Store store;
    private final Host host;

    public RetryingStore(Store store, Host host) {
        this.store = store;
        this.host = host;
    }

    private <T> T retried(Supplier<T> read) {
        for (int tried = 1; true; tried++) {
            try {
                return read.get();
            } catch (StoreException e) {
                if (e.refused() || tried == TRIES || !paused(tried)) {
                    throw e;
                }
            }
        }
    }

    /// False when the thread was interrupted: then nobody waits for an answer any more.
    private boolean paused(int tried) {
        long longest = FIRST_PAUSE_MILLIS << tried;
        try {
            host.sleep(Duration.ofMillis(longest / 2 + host.random().nextLong(longest / 2)));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        return store.putIfAbsent(key, content);
    }

    @Override
    public byte[] read(String key) {
        return retried(() -> store.read(key));
    }

    @Override
    public byte[] read(String key, long offset, int length) {
        return retried(() -> store.read(key, offset, length));
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        return retried(() -> store.stat(key));
    }

    @Override
    public List<StoredObject> list(String folder, String fromName) {
        return retried(() -> store.list(folder, fromName));
    }

    @Override
    public List<String> folders(String folder) {
        return retried(() -> store.folders(folder));
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public int sweep(String folder, Instant now) {
        return store.sweep(folder, now);
    }

    @Override
    public Upload upload(String key) {
        return store.upload(key);
    }

    @Override
    public void hint(String key, byte[] content) {
        store.hint(key, content);
    }

    @Override
    public URI uri(String key) {
        return store.uri(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
