package dev.freshet.parquet;

/// How a data file is written. A row group ends at `rowGroupBytes` of memory held or at `rowGroupRows`; a page at
/// `pageBytes` before compression, less where a table has very many columns. Immutable.
///
/// @param level of zstd, 1 (fast) to 19; other codecs have none
public record WriteOptions(Codec codec, int level, long rowGroupBytes, long rowGroupRows, int pageBytes) {
    private static final WriteOptions DEFAULTS = new WriteOptions(Codec.ZSTD, 1, 32L << 20, 1_000_000, 1 << 20);

    public WriteOptions {
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("zstd's level is 1 to 19, not " + level);
        }
        if (rowGroupBytes < 1 || rowGroupRows < 1 || pageBytes < 1) {
            throw new IllegalArgumentException("limits of a data file are at least 1");
        }
    }

    /// zstd level 1, row groups of 32 MB or a million rows, pages of 1 MB.
    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    public WriteOptions withCodec(Codec codec, int level) {
        return new WriteOptions(codec, level, rowGroupBytes, rowGroupRows, pageBytes);
    }

    public WriteOptions withRowGroups(long bytes, long rows) {
        return new WriteOptions(codec, level, bytes, rows, pageBytes);
    }

    public WriteOptions withPageBytes(int pageBytes) {
        return new WriteOptions(codec, level, rowGroupBytes, rowGroupRows, pageBytes);
    }
}
