package dev.freshet.ingest;

import dev.freshet.batch.Schema;
import java.util.List;
import java.util.OptionalLong;

/// A table as one [SourceSession] sees it. Column metadata holds the source's type as `freshet.source_type` and
/// its comment as `comment`. Confined like its session.
public interface SourceTable {
    /// The full name, for messages: `public.orders`.
    String name();

    Schema schema();

    /// How many rows the source believes there are; for progress only.
    OptionalLong estimatedRows();

    /// Parts that together are the table, each row in exactly one.
    List<Split> splits();

    /// Puts a split's rows into batches taken from the sink.
    ///
    /// @throws dev.freshet.error.FreshetException `VALUE_MISFIT` for a value that its column's type cannot hold
    /// @throws InterruptedException if the sink was closed while this waited for it
    void read(Split split, BatchSink sink) throws InterruptedException;
}
