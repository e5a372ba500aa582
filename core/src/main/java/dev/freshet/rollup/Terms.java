package dev.freshet.rollup;

import dev.freshet.query.QueryLimits;

/// How runs work.
///
/// @param mostRows facts that a tick reads for one commit, about; more are worked on month by month
record Terms(QueryLimits limits, long mostRows, Safeguards safeguards) {
    private static final long MOST_ROWS = 10_000_000;

    static Terms of(QueryLimits limits) {
        return new Terms(limits, MOST_ROWS, Safeguards.ALL);
    }

    boolean keeps(Safeguard safeguard) {
        return safeguards.keeps(safeguard);
    }
}
