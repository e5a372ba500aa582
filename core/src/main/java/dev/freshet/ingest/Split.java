package dev.freshet.ingest;

import org.jspecify.annotations.Nullable;

/// A part of a table that can be read by itself: the rows whose key is at least `from` and below `to`, by the
/// order that the key has in its database and in the text that the database prints; null where there is no bound.
public record Split(@Nullable String from, @Nullable String to) {
    /// The table as one split.
    public static final Split WHOLE = new Split(null, null);
}
