package dev.freshet.parquet;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// How pages of a data file are compressed; every Delta reader knows these.
public enum Codec {
    ZSTD(6, CompressionCodecName.ZSTD),
    SNAPPY(1, CompressionCodecName.SNAPPY),
    UNCOMPRESSED(0, CompressionCodecName.UNCOMPRESSED);

    private final int number;
    private final CompressionCodecName parquet;

    Codec(int number, CompressionCodecName parquet) {
        this.number = number;
        this.parquet = parquet;
    }

    /// The format's own.
    int number() {
        return number;
    }

    CompressionCodecName parquet() {
        return parquet;
    }
}
