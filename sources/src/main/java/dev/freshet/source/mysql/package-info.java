/// The MySQL and MariaDB source. Begin at [MySqlSource]. Rows stream in one read-only transaction with a
/// consistent snapshot; every value is taken as the bytes that the server prints, and decoded here, never by
/// the driver.
@NullMarked
package dev.freshet.source.mysql;

import org.jspecify.annotations.NullMarked;
