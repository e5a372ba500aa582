package dev.freshet.ingest;

import dev.freshet.table.DataFile;
import java.util.List;

/// Rows that are in data files, complete and visible; no files if there were no rows.
record Copied(long rows, List<DataFile> files) {
    Copied {
        files = List.copyOf(files);
    }

    long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
