package dev.freshet.table;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Removes the oldest numbers of a log, everything of a number with it. It may die between any two steps, and any
/// number of cleaners may be at work: numbers go in ascending order, so what is left is always a log without gaps
/// above a complete checkpoint. A foreign change of data stays until one of ours follows it: whoever cleaned it away
/// would make it look like ours.
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
    ///
    /// @param needed from this version on everything stays, up to a cap
    /// @return how many numbers are gone
    long clean(LogRetention retention, OptionalLong needed) {
        long listedAt = host.nanos();
        long removed = 0;
        for (List<StoredObject> number : removable(log.listing(), retention, needed)) {
            if (host.nanos() - listedAt > retention.floor().toNanos()) {
                break;
            }
            number.stream().map(StoredObject::key).forEach(store::delete);
            removed++;
        }
        return removed;
    }

    long removable(LogRetention retention, OptionalLong needed) {
        return removable(log.listing(), retention, needed).size();
    }

    /// In the order in which they go.
    private List<List<StoredObject>> removable(LogListing listing, LogRetention retention, OptionalLong needed) {
        Instant limit = listing.newest().minus(retention.floor());
        long most = Math.max(MOST_NUMBERS_AT_LEAST, 4 * retention.every());
        return listing
                .checkpointBefore(retention.kept(), needed)
                .flatMap(checkpoint -> sparingForeignChange(listing, checkpoint))
                .stream()
                .flatMap(checkpoint -> listing.below(checkpoint).stream())
                .limit(most)
                .takeWhile(number -> !LogListing.youngest(number).isAfter(limit))
                .toList();
    }

    private Optional<Long> sparingForeignChange(LogListing listing, long checkpoint) {
        return new History(log, checkpoint - 1)
                .foreignChange()
                .filter(_ -> !new History(log, listing.last()).changesFrom(checkpoint))
                .map(foreign -> listing.checkpointUpTo(foreign.version()))
                .orElse(Optional.of(checkpoint));
    }
}
