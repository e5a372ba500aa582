package dev.freshet.bench;

/// A table that is copied: its name and its rows.
record BenchTable(String name, long rows) {
    static final String LINEITEM = "lineitem";
    static final String WIDE = "wide";

    /// Of one row.
    static final String SMALL = "small";
}
