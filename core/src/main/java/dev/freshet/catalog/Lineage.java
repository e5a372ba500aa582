package dev.freshet.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a dataset's newest content came from; all null and empty for a table that Freshet did not ingest.
///
/// @param sourceFile `dsn: ` and the redacted address of the source
public record Lineage(
        @Nullable String sourceSystem,
        @Nullable String sourceFile,
        @Nullable String ingestJob,
        @Nullable String ingestTimestamp,
        List<String> parentDatasets) {
    public Lineage {
        parentDatasets = List.copyOf(parentDatasets);
    }
}
