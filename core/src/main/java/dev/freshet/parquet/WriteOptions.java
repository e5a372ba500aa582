package dev.freshet.parquet;

import java.util.List;

/// How a data file is written. A row group ends at `rowGroupBytes` of memory held or at `rowGroupRows`; a page at
/// `pageBytes` before compression, less where a table has very many columns. Immutable.
///
/// @param level of zstd, 1 (fast) to 19; other codecs have none
/// @param bloomFilters columns, whatever their case, whose values each row group has a filter of; those that a file
///     lacks and those of arrays and booleans have none
/// @param threads that encode columns at the same time, the caller's among them
public record WriteOptions(
        Encoder encoder,
        Codec codec,
        int level,
        long rowGroupBytes,
        long rowGroupRows,
        int pageBytes,
        List<String> bloomFilters,
        int threads) {
    /// The highest level of zstd.
    public static final int MOST_LEVEL = 19;

    private static final WriteOptions DEFAULTS =
            new WriteOptions(Encoder.FRESHET, Codec.ZSTD, 1, 32L << 20, 1_000_000, 1 << 20, List.of(), 1);

    public WriteOptions {
        if (level < 1 || level > MOST_LEVEL) {
            throw new IllegalArgumentException("zstd's level is 1 to 19, not " + level);
        }
        if (rowGroupBytes < 1 || rowGroupRows < 1 || pageBytes < 1 || threads < 1) {
            throw new IllegalArgumentException("limits of a data file are at least 1");
        }
        bloomFilters = List.copyOf(bloomFilters);
    }

    /// Our encoder on one thread, zstd level 1, row groups of 32 MB or a million rows, pages of 1 MB, no Bloom filters.
    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    public WriteOptions withEncoder(Encoder encoder) {
        return new WriteOptions(encoder, codec, level, rowGroupBytes, rowGroupRows, pageBytes, bloomFilters, threads);
    }

    public WriteOptions withCodec(Codec codec, int level) {
        return new WriteOptions(encoder, codec, level, rowGroupBytes, rowGroupRows, pageBytes, bloomFilters, threads);
    }

    public WriteOptions withRowGroups(long bytes, long rows) {
        return new WriteOptions(encoder, codec, level, bytes, rows, pageBytes, bloomFilters, threads);
    }

    /// The same, but row groups hold no more memory than that.
    public WriteOptions within(long bytes) {
        return withRowGroups(Math.min(bytes, rowGroupBytes), rowGroupRows);
    }

    public WriteOptions withPageBytes(int pageBytes) {
        return new WriteOptions(encoder, codec, level, rowGroupBytes, rowGroupRows, pageBytes, bloomFilters, threads);
    }

    public WriteOptions withBloomFilters(List<String> columns) {
        return new WriteOptions(encoder, codec, level, rowGroupBytes, rowGroupRows, pageBytes, columns, threads);
    }

    public WriteOptions withThreads(int threads) {
        return new WriteOptions(encoder, codec, level, rowGroupBytes, rowGroupRows, pageBytes, bloomFilters, threads);
    }

    boolean hasBloomFilter(String column) {
        return bloomFilters.stream().anyMatch(column::equalsIgnoreCase);
    }
}
