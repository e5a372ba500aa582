package dev.freshet.table;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Removes the oldest numbers of a log, everything of a number with it. It may die between any two steps, and any
/// number of cleaners may be at work: numbers go in ascending order, so what is left is always a log without gaps
/// above a complete checkpoint.
final class LogCleaner {
    /// A neglected log is caught up with in several cleanings.
    private static final int MOST_NUMBERS_AT_LEAST = 1000;

    private final Store store;
    private final Host host;
    private final TableLog log;

    LogCleaner(Store store, Host host, TableLog log) {
        this.store = store;
        this.host = host;
        this.log = log;
    }

    /// Strays, which zombies put below a checkpoint, go with their number when they are old enough; until then what
    /// is above them stays too.
    void clean(LogRetention retention) {
        long listedAt = host.nanos();
        LogListing listing = log.listing();
        Optional<Long> checkpoint = listing.checkpointOlderThan(retention.kept());
        if (checkpoint.isEmpty()) {
            return;
        }
        Instant limit = listing.newest().minus(retention.floor());
        long most = Math.max(MOST_NUMBERS_AT_LEAST, 4 * retention.every());
        for (List<StoredObject> number : listing.below(checkpoint.get())) {
            boolean stale = host.nanos() - listedAt > retention.floor().toNanos();
            if (most-- == 0 || stale || LogListing.youngest(number).isAfter(limit)) {
                return;
            }
            number.stream().map(StoredObject::key).forEach(store::delete);
        }
    }
}
