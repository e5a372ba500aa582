package dev.freshet.parquet;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// How pages of a data file are compressed; every Delta reader knows these.
public enum Codec {
    ZSTD(CompressionCodecName.ZSTD),
    SNAPPY(CompressionCodecName.SNAPPY),
    UNCOMPRESSED(CompressionCodecName.UNCOMPRESSED);

    private final CompressionCodecName parquet;

    Codec(CompressionCodecName parquet) {
        this.parquet = parquet;
    }

    CompressionCodecName parquet() {
        return parquet;
    }
}
