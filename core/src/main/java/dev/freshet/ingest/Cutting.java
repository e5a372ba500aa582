package dev.freshet.ingest;

/// How tables are cut. A strict copy is read over so many connections, unless its definition says how many,
/// where a part of so many bytes of the source is worth a reading of its own; a relaxed one leaves a checkpoint
/// about every so many bytes of files.
public record Cutting(int connections, long partBytes, long splitBytes) {
    public static final long SPLIT_BYTES = 64L << 20;

    private static final long PART_BYTES = 32L << 20;

    public Cutting {
        if (connections < 1 || partBytes < 1 || splitBytes < 1) {
            throw new IllegalArgumentException("a table is read over a connection at least, and parts have bytes");
        }
    }

    /// Half as many connections as there are processors: the other half is for the encoders.
    public static Cutting ofMachine(long splitBytes) {
        return new Cutting(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PART_BYTES, splitBytes);
    }

    Cutting withSplits(long bytes) {
        return new Cutting(connections, partBytes, bytes);
    }
}
