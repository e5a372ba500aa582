package dev.freshet.ingest;

import dev.freshet.parquet.WriteOptions;

/// What holds for all ingests of a process: where secrets come from, whether a definition may hold a password
/// itself (a one-shot command's may), the bytes that all runs at once may hold for their rows, about how many bytes
/// of files lie between two checkpoints, and how files are written.
public record IngestSettings(
        Secrets secrets,
        boolean literalPasswords,
        long memoryBytes,
        int concurrentRuns,
        long splitBytes,
        WriteOptions files) {
    public static final long SPLIT_BYTES = 64L << 20;

    private static final long MOST = 256L << 20;
    private static final int PERCENT_OF_HEAP = 40;

    public IngestSettings {
        if (memoryBytes < 1 || concurrentRuns < 1 || splitBytes < 1) {
            throw new IllegalArgumentException("an ingest needs memory, at least one may run, and splits need bytes");
        }
    }

    /// Secrets of this process, no literal passwords, 40% of the heap but at most 256 MB, for so many runs at
    /// once.
    public static IngestSettings defaults(int concurrentRuns) {
        return new IngestSettings(
                Secrets.ofProcess(), false, defaultMemory(), concurrentRuns, SPLIT_BYTES, WriteOptions.defaults());
    }

    /// 40% of the largest heap that this process may have, at most 256 MB.
    public static long defaultMemory() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / 100 * PERCENT_OF_HEAP);
    }

    public IngestSettings withLiteralPasswords() {
        return new IngestSettings(secrets, true, memoryBytes, concurrentRuns, splitBytes, files);
    }

    public IngestSettings withSecrets(Secrets secrets) {
        return new IngestSettings(secrets, literalPasswords, memoryBytes, concurrentRuns, splitBytes, files);
    }

    public IngestSettings withMemory(long bytes) {
        return new IngestSettings(secrets, literalPasswords, bytes, concurrentRuns, splitBytes, files);
    }

    IngestSettings withSplits(long bytes) {
        return new IngestSettings(secrets, literalPasswords, memoryBytes, concurrentRuns, bytes, files);
    }

    MemoryShare share() {
        return new MemoryShare(memoryBytes / concurrentRuns);
    }
}
