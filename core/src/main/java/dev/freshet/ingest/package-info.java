/// Copies a source's tables into the lake: the source port, splits, and the modes full, incremental and upsert.
@NullMarked
package dev.freshet.ingest;

import org.jspecify.annotations.NullMarked;
