package dev.freshet.table;

import java.util.List;
import java.util.Map;

/// Small files of one partition that may become one, in the order in which they were written. Immutable.
public record FileGroup(Map<String, String> partition, List<DataFile> files) {
    public FileGroup {
        files = List.copyOf(files);
    }

    public long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
