package dev.freshet.ingest;

/// The bytes that one run may hold for its rows, and how they are divided between the reader's batches, those
/// on their way, and the encoder.
record MemoryShare(long bytes) {
    private static final long LEAST = 4L << 20;
    private static final long MOST_PER_BATCH = 4L << 20;

    MemoryShare {
        bytes = Math.max(bytes, LEAST);
    }

    /// What each of so many readers may have.
    MemoryShare of(int readers) {
        return new MemoryShare(bytes / readers);
    }

    /// How many readers may share these bytes.
    int mostReaders() {
        return (int) Math.min(Integer.MAX_VALUE, bytes / LEAST);
    }

    long batchBytes() {
        return Math.min(bytes / 128, MOST_PER_BATCH);
    }

    /// Soon full, so that a copy of a million rows already has the memory that it keeps, and no more than smooths out
    /// how fast rows come and go.
    long ringBytes() {
        return bytes / 32;
    }

    /// So little of the heap that its finished pages have room among the survivors of the young (see `./freshet`) until
    /// they are written: what grows old is only collected when the heap is full.
    long rowGroupBytes() {
        return bytes / 16;
    }
}
