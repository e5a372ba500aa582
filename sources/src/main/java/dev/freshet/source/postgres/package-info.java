/// The PostgreSQL source.
@NullMarked
package dev.freshet.source.postgres;

import org.jspecify.annotations.NullMarked;
