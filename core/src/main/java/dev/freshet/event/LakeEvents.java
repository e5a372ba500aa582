package dev.freshet.event;

import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lake as a place for events: a table each, below `events/`.
final class LakeEvents implements EventHandler {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Logger LOG = LoggerFactory.getLogger(LakeEvents.class);

    private final Store store;
    private final Host host;
    private final Slot slot;
    private final RecorderOptions options;
    private final CommitWatch watch;
    private final Map<String, EventTable> tables = new ConcurrentHashMap<>();

    /// Hears of each commit: for the pace of lanes.
    @FunctionalInterface
    interface CommitWatch {
        void committed(String table, long version);
    }

    LakeEvents(Store store, Host host, Slot slot, RecorderOptions options, CommitWatch watch) {
        this.store = store;
        this.host = host;
        this.slot = slot;
        this.options = options;
        this.watch = watch;
    }

    @Override
    public void store(EventBatch batch) {
        tables.computeIfAbsent(batch.table(), name -> new EventTable(store, host, name, options))
                .append(batch, slot, version -> watch.committed(batch.table(), version));
    }

    @Override
    public void prepare() {
        try {
            slot.prepare();
        } catch (FreshetException e) {
            LOG.debug("events: no slot yet: {}", e.getMessage());
        }
    }

    /// A slot that cannot be given back now expires.
    @Override
    public void close() {
        long start = host.nanos();
        try {
            while (tables.values().stream().anyMatch(EventTable::isBusy) && host.nanos() - start < GRACE.toNanos()) {
                host.sleep(LOOK);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try {
            slot.release();
        } catch (FreshetException e) {
            LOG.info("events: a slot is left to expire: {}", e.getMessage());
        }
    }
}
