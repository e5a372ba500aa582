package dev.freshet.rollup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a run did.
///
/// @param slices that were committed
/// @param resumed slices that an earlier run had committed already
/// @param rows of the hours that were computed again
/// @param bytes of the files that were written
/// @param version of the rollup's table after the last commit; null when nothing was committed
/// @param processed the facts' version that the rollup now stands for
record Done(
        int slices,
        int resumed,
        long rows,
        long bytes,
        @Nullable Long version,
        long processed,
        @Nullable Instant watermark) {}
