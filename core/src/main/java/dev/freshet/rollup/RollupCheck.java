package dev.freshet.rollup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rollup beside its recomputation. Immutable.
///
/// @param equal whether every row is as it should be and none is missing
/// @param factsVersion as of which the rows were recomputed
/// @param rows that the rollup has
/// @param surplus rows that the rollup has and the recomputation has not, or not so
/// @param missing rows that the recomputation has and the rollup has not, or not so
/// @param examples of both, in words
/// @param note what was not compared, and why; null when all was
public record RollupCheck(
        String name,
        boolean equal,
        long factsVersion,
        long rows,
        long surplus,
        long missing,
        List<String> examples,
        @Nullable String note) {
    public RollupCheck {
        examples = List.copyOf(examples);
    }
}
