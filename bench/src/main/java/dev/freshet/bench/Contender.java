package dev.freshet.bench;

import java.nio.file.Path;
import java.util.List;

/// A way to get a table out of the database.
///
/// @param writes whether it leaves data files, below the folder `datasets`
record Contender(String name, List<BenchTable> tables, boolean writes, Commands commands) {
    /// The command that copies a table into an empty folder.
    interface Commands {
        ProcessBuilder copy(BenchTable table, Path folder);
    }
}
