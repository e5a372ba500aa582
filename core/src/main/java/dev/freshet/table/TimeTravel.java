package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.util.Optional;

/// Earlier versions of a table, as far as its log is kept.
final class TimeTravel {
    private final String table;
    private final TableLog log;
    private final KernelLog kernel;

    TimeTravel(String table, TableLog log, KernelLog kernel) {
        this.table = table;
        this.log = log;
        this.kernel = kernel;
    }

    LogState to(long version) {
        LogListing listing = log.listing();
        long oldest = listing.oldestReadable().orElse(0L);
        if (version < oldest || version > listing.last()) {
            throw new FreshetException(
                    ErrorCode.UNKNOWN_ID,
                    "table %s: there is no version %d; the oldest that is kept is %d, the newest is %d"
                            .formatted(table, version, oldest, listing.last()));
        }
        return found(kernel.at(version), "version " + version);
    }

    LogState to(Instant time) {
        LogListing listing = log.listing();
        listing.oldestReadable().ifPresent(oldest -> {
            Instant made = listing.madeAt(oldest).orElseThrow();
            if (time.isBefore(made)) {
                throw new FreshetException(
                        ErrorCode.UNKNOWN_ID,
                        "table %s: nothing is kept of %s; the oldest version that is kept is %d, made at %s"
                                .formatted(table, time, oldest, made));
            }
        });
        return found(kernel.at(time), "the state at " + time);
    }

    private LogState found(Optional<LogState> state, String what) {
        return state.orElseThrow(() -> new FreshetException(
                ErrorCode.TABLE_UNREADABLE,
                "table %s: %s cannot be read: its log was cleaned meanwhile".formatted(table, what)));
    }
}
