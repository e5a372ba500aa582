package dev.freshet.ingest;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import java.util.Set;

/// What becomes of a value that its column's type cannot hold. Whatever is not an error is counted in the record of
/// the run; see [Mended].
public enum OnMisfit {
    /// The run fails.
    ERROR,
    /// The value is left out.
    NULL,
    /// A number with too many digits behind the point is rounded, halves away from zero.
    ROUND,
    /// A number, date or time beyond the type's bounds, an infinite one too, becomes the bound.
    CLAMP;

    private static final Set<ColumnType> WHOLE =
            Set.of(ColumnType.BYTE, ColumnType.SHORT, ColumnType.INT, ColumnType.LONG);
    private static final Set<ColumnType> TIMES =
            Set.of(ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_NTZ);

    /// Whether values of the type can be made to fit in this way.
    boolean suits(ColumnType type) {
        boolean number = type instanceof Decimal || WHOLE.contains(type);
        return switch (this) {
            case ERROR, NULL -> true;
            case ROUND -> number;
            case CLAMP -> number || TIMES.contains(type);
        };
    }
}
