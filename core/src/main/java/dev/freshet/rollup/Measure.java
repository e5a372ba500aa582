package dev.freshet.rollup;

import dev.freshet.batch.ColumnType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One figure of a rollup's row.
///
/// @param column of the facts; null for a count of rows
/// @param as the type of a sum, when not the usual one
/// @param sketch how many least hashes of distinct values are kept beside their number; 0 for none
record Measure(String name, Function function, @Nullable String column, Optional<ColumnType.Decimal> as, int sketch) {
    /// What comes behind a measure's name when it keeps a sketch.
    static final String SKETCH = "_sketch";

    enum Function {
        SUM,
        COUNT,
        MIN,
        MAX,
        DISTINCT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean keepsSketch() {
        return sketch > 0;
    }

    String sketchName() {
        return name + SKETCH;
    }
}
