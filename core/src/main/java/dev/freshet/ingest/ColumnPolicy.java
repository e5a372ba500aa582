package dev.freshet.ingest;

import dev.freshet.batch.ColumnType;

/// How a column is to arrive when not as its type says: as `as`, read from the exact text that the database
/// prints. A value that does not fit fails the run.
public record ColumnPolicy(ColumnType as) {
    public ColumnPolicy {
        if (!TextCells.readable(as)) {
            throw new IllegalArgumentException(
                    "no text can be read exactly as %s; use one of %s".formatted(as.deltaName(), TextCells.NAMES));
        }
    }
}
