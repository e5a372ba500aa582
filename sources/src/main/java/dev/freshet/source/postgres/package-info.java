/// The PostgreSQL source. Begin at [PostgresSource]. Tables are read by `COPY … (FORMAT binary)` in one read-only
/// transaction, through a [Channel]: our own client (`Wire…`) or the JDBC driver. The
/// decoder takes bytes and knows nothing of the channel that brings them.
@NullMarked
package dev.freshet.source.postgres;

import org.jspecify.annotations.NullMarked;
