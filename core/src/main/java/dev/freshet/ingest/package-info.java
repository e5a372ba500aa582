/// Copies a source's tables into the lake. Begin at [IngestKind], which says what an ingest is, and [Source],
/// the port that a database's adapter fills. The rule kept here: a resolved secret lives in a [Login] and
/// nowhere else, and no driver's message leaves without passing through [Redaction].
@NullMarked
package dev.freshet.ingest;

import org.jspecify.annotations.NullMarked;
