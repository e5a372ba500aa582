package dev.freshet.ingest;

import dev.freshet.batch.Batch;

/// Where a source puts its rows. A reader takes an empty batch, fills it until it has [#maxRows()] rows or
/// about [#maxBytes()] bytes, gives it, and takes the next. Both calls wait while the encoder is behind, which
/// is what bounds the memory. Used by one reader thread.
public interface BatchSink {
    /// An empty batch, recycled if possible.
    ///
    /// @throws InterruptedException if nobody wants batches any more
    Batch take() throws InterruptedException;

    /// Hands a batch over; it may not be touched afterwards.
    ///
    /// @throws InterruptedException if nobody wants batches any more
    void give(Batch full) throws InterruptedException;

    int maxRows();

    /// A batch is full at the row that reaches this; a single row may exceed it.
    long maxBytes();
}
