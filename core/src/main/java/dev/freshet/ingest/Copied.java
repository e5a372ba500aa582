package dev.freshet.ingest;

import dev.freshet.table.DataFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows that are in data files, complete and visible; no files if there were no rows.
///
/// @param mended columns of which values were made to fit, with how many
record Copied(long rows, List<DataFile> files, Map<String, Long> mended) {
    Copied {
        files = List.copyOf(files);
        mended = Collections.unmodifiableMap(new TreeMap<>(mended));
    }

    long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
