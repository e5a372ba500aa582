/// The PostgreSQL source. Begin at [PostgresSource]. Tables are read by `COPY … (FORMAT binary)` in one
/// read-only transaction; the decoder takes bytes and knows nothing of the driver that brings them.
@NullMarked
package dev.freshet.source.postgres;

import org.jspecify.annotations.NullMarked;
