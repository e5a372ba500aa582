package dev.freshet.ingest;

import dev.freshet.batch.Schema;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A table as one [SourceSession] sees it. Column metadata holds the source's type as `freshet.source_type` and
/// its comment as `comment`. Confined like its session.
public interface SourceTable {
    /// The full name, for messages: `public.orders`.
    String name();

    Schema schema();

    /// How many rows the source believes there are; for progress only.
    OptionalLong estimatedRows();

    /// What the table can be cut by: a column without nulls and without equal values, as one text that says all
    /// that decides its order. Empty if the table can only be read whole.
    Optional<String> key();

    /// The split that begins at a value of the key, or with the first row, and has so many rows; it is open at its
    /// end if there are no more. Only for a table with a key.
    Split cut(@Nullable String from, long rows);

    /// Cuts the table, as this session's snapshot has it, into parts for so many sessions that read it at once. From
    /// now on others may [join][SourceSession#join] it, until this session describes a table again or is closed.
    ///
    /// @param leastBytes a part that is worth a reading of its own, in bytes of the source's storage
    Parts parts(int sessions, long leastBytes);

    /// Puts a split's rows into batches taken from the sink.
    ///
    /// @throws dev.freshet.error.FreshetException `VALUE_MISFIT` for a value that its column's type cannot hold
    /// @throws InterruptedException if the sink was closed while this waited for it
    void read(Split split, BatchSink sink) throws InterruptedException;
}
