package dev.freshet.ingest;

/// A part of a table that can be read by itself. `range` is the adapter's own description of it; a split that
/// is the whole table has an empty one.
public record Split(int number, String range) {
    /// The table as one split.
    public static final Split WHOLE = new Split(0, "");
}
