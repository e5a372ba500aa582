package dev.freshet.ingest;

/// A part of a described table, made by its source. Sessions that share the table's snapshot may read parts of it at
/// once; safe for use by many threads.
public interface Part {
    /// Puts the part's rows into batches taken from the sink.
    ///
    /// @param by the session that described the table, or one that joined it
    /// @throws dev.freshet.error.FreshetException as [SourceTable#read] does
    /// @throws InterruptedException if the sink was closed while this waited for it
    void read(SourceSession by, BatchSink sink) throws InterruptedException;
}
