package dev.freshet.ingest;

import dev.freshet.parquet.WriteOptions;

/// What holds for all ingests of a process: where secrets come from, whether a definition may hold a password
/// itself (a one-shot command's may), the bytes that all runs at once may hold for their rows, how tables are cut, and
/// how files are written.
public record IngestSettings(
        Secrets secrets,
        boolean literalPasswords,
        long memoryBytes,
        int concurrentRuns,
        Cutting cutting,
        WriteOptions files) {
    private static final long MOST = 256L << 20;
    private static final int PERCENT_OF_HEAP = 40;

    public IngestSettings {
        if (memoryBytes < 1 || concurrentRuns < 1) {
            throw new IllegalArgumentException("an ingest needs memory, and at least one may run");
        }
    }

    /// Secrets of this process, no literal passwords, 40% of the heap but at most 256 MB, for so many runs at
    /// once.
    public static IngestSettings defaults(int concurrentRuns) {
        return new IngestSettings(
                Secrets.ofProcess(),
                false,
                defaultMemory(),
                concurrentRuns,
                Cutting.ofMachine(Cutting.SPLIT_BYTES),
                WriteOptions.defaults());
    }

    /// 40% of the largest heap that this process may have, at most 256 MB.
    public static long defaultMemory() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / 100 * PERCENT_OF_HEAP);
    }

    public IngestSettings withLiteralPasswords() {
        return new IngestSettings(secrets, true, memoryBytes, concurrentRuns, cutting, files);
    }

    public IngestSettings withSecrets(Secrets secrets) {
        return new IngestSettings(secrets, literalPasswords, memoryBytes, concurrentRuns, cutting, files);
    }

    public IngestSettings withMemory(long bytes) {
        return new IngestSettings(secrets, literalPasswords, bytes, concurrentRuns, cutting, files);
    }

    IngestSettings withSplits(long bytes) {
        Cutting shorter = cutting.withSplits(bytes);
        return new IngestSettings(secrets, literalPasswords, memoryBytes, concurrentRuns, shorter, files);
    }

    /// What one run may take.
    Resources resources() {
        return new Resources(new MemoryShare(memoryBytes / concurrentRuns), files);
    }
}
