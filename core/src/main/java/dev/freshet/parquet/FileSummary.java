package dev.freshet.parquet;

import java.util.List;

/// What a finished data file holds: rows, its size in bytes, and statistics of every column in the schema's order.
public record FileSummary(long rows, long bytes, List<ColumnStatistics> columns) {
    public FileSummary {
        columns = List.copyOf(columns);
    }
}
