package dev.freshet.ingest;

import dev.freshet.parquet.WriteOptions;

/// What a reader and its encoder may take, of memory and of threads.
record Resources(MemoryShare memory, WriteOptions files) {
    Resources {
        files = files.within(memory.rowGroupBytes());
    }

    /// What each of so many may take, at once.
    Resources of(int readers) {
        return new Resources(memory.of(readers), files.withThreads(Math.max(1, files.threads() / readers)));
    }
}
