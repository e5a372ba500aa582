package dev.freshet.source.postgres;

import java.util.List;

/// A connection to a PostgreSQL server, used by one thread at a time; [#cancel()] and [#abort()] may come from any.
/// After a failure that was not the server's own word, it is good for nothing but closing.
interface Channel extends AutoCloseable {
    /// Runs one statement or several, whose answers nobody wants.
    void execute(String sql) throws PostgresException;

    /// Runs a query and holds all its rows, so they must be few.
    List<Row> query(String sql) throws PostgresException;

    /// Runs a `COPY … TO STDOUT (FORMAT binary)` and has all of it decoded; the caller still ends the decoder.
    void copyOut(String sql, CopyDecoder decoder) throws PostgresException, InterruptedException;

    /// Asks the server to end what it does for us. Says nothing if that fails; [#abort()] ends it here then.
    void cancel();

    /// Ends the connection at once, whoever uses it, without a word to the server.
    void abort();

    @Override
    void close();
}
