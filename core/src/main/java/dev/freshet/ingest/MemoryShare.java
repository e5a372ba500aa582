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
        return Math.min(bytes / 32, MOST_PER_BATCH);
    }

    long ringBytes() {
        return bytes / 4;
    }

    /// Half of the share: an encoder needs as much again while it compresses.
    long rowGroupBytes() {
        return bytes / 2;
    }
}
