package dev.freshet.maintain;

import dev.freshet.parquet.WriteOptions;
import dev.freshet.table.LogRetention;
import java.time.Duration;

/// How tables are maintained.
///
/// @param every how often each table is looked at
/// @param targetBytes how large files become when small ones are joined
/// @param logs how far back commits and rows can be read
/// @param files how joined files are written
public record MaintainTerms(Duration every, long targetBytes, LogRetention logs, WriteOptions files) {
    /// Every hour; files of 128 MB.
    public static final MaintainTerms DEFAULT =
            new MaintainTerms(Duration.ofHours(1), 128L << 20, LogRetention.DEFAULT);

    public MaintainTerms(Duration every, long targetBytes, LogRetention logs) {
        this(every, targetBytes, logs, WriteOptions.defaults());
    }

    public MaintainTerms {
        if (!every.isPositive() || targetBytes < 1) {
            throw new IllegalArgumentException("tables are looked at now and then, and files have a size");
        }
    }
}
