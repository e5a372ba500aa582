package dev.freshet.ingest;

import java.util.List;

/// How long the next split is. Its files are to be as large as wanted, or as a sixty-fourth of all that was copied
/// when that is more: so a death costs little of the work, and a table of terabytes has hundreds of splits.
record SplitSize(long wantedBytes) {
    private static final int SHARE = 64;
    private static final int GUESSED_ROW_BYTES = 1024;
    private static final int MOST_GROWTH = 8;

    /// How many rows it is to have, by what the splits before it came to.
    long rows(List<DoneSplit> done) {
        if (done.isEmpty()) {
            return Math.max(1, wantedBytes / GUESSED_ROW_BYTES);
        }
        long copied = done.stream().mapToLong(DoneSplit::bytes).sum();
        long wanted = Math.max(wantedBytes, copied / SHARE);
        DoneSplit last = done.getLast();
        long lastRows = Math.max(1, last.rows());
        double rows = (double) wanted * lastRows / Math.max(1, last.bytes());
        return Math.clamp((long) rows, Math.max(1, lastRows / MOST_GROWTH), lastRows * MOST_GROWTH);
    }
}
