package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import org.jspecify.annotations.Nullable;

/// What a data file holds in one column, computed from every value. Bounds are Java objects as
/// [Batch#value][dev.freshet.batch.Batch#value] returns them. There are none for booleans, binary values and
/// arrays, for columns with NaN, and where every row is null.
///
/// @param exact whether both bounds are values of the column; strings beyond 32 characters are cut to a shorter
///     lower and a higher upper bound
public record ColumnStatistics(
        String name,
        ColumnType type,
        @Nullable Object min,
        @Nullable Object max,
        long nulls,
        boolean exact) {}
