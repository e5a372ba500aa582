package dev.freshet.parquet;

/// How large a column's page and dictionary may become, so that all columns together stay within the row group's
/// limit.
record PageLimits(int pageBytes, int dictionaryBytes) {
    private static final int SMALLEST = 4 << 10;

    static PageLimits of(WriteOptions options, int leaves) {
        long share = options.rowGroupBytes() / (4L * Math.max(1, leaves));
        int page = (int) Math.max(Math.min(SMALLEST, options.pageBytes()), Math.min(options.pageBytes(), share));
        return new PageLimits(page, Math.clamp(share, SMALLEST, 1 << 20));
    }
}
