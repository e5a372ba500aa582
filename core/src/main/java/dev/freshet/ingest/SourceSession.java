package dev.freshet.ingest;

/// A connection to a source, used by one thread at a time; only [#cancel()] may come from another. The one who
/// opened it closes it, which ends its transaction.
public interface SourceSession extends AutoCloseable {
    /// Finds a table and decides how each column arrives. From here on the session reads one consistent
    /// snapshot, until it describes a table again: that begins a new one, and tables described before are not
    /// to be read any more.
    ///
    /// @throws dev.freshet.error.FreshetException `TABLE_MISSING` naming tables of a similar name,
    ///     `GRANT_MISSING` with the grant to run, `BAD_DEFINITION` if the request names columns or types that
    ///     cannot be
    SourceTable describe(TableRequest request);

    /// Begins to read the snapshot in which another session of the same source has cut a table into parts.
    ///
    /// @throws dev.freshet.error.FreshetException if that cannot be; the parts may still be read by others
    void join(SourceTable table);

    /// Ends whatever the session does, here and in the database, within about a second. The session is then
    /// good for nothing but closing. May be called at any time from any thread, also repeatedly.
    void cancel();

    @Override
    void close();
}
