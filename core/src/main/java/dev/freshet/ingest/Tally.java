package dev.freshet.ingest;

import dev.freshet.schedule.RunContext;

/// Counts what all readers of a run have copied, and reports the sum. Safe for use by many threads: its own monitor
/// protects the sums, and nothing is waited for under it.
final class Tally {
    private final RunContext context;
    private long rows;
    private long bytes;

    Tally(RunContext context) {
        this.context = context;
    }

    synchronized void add(long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
        context.progress(rows, bytes);
    }

    /// The share of one reader, which knows only its own figures.
    Share share() {
        return new Share();
    }

    /// Confined to its reader.
    final class Share {
        private long ownRows;
        private long ownBytes;

        /// What the reader has copied by now, in all.
        void now(long rowsSoFar, long bytesSoFar) {
            add(rowsSoFar - ownRows, bytesSoFar - ownBytes);
            ownRows = rowsSoFar;
            ownBytes = bytesSoFar;
        }
    }
}
