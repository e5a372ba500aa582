package dev.freshet.parquet;

import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/// The codecs of one file. zstd is ours and needs no Hadoop; for the others Parquet's own are loaded when first
/// asked.
final class Codecs implements CompressionCodecFactory {
    private static final int PAGE_GUESS = 64 << 10;

    private final int level;
    private @Nullable CodecFactory others;

    Codecs(int level) {
        this.level = level;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return name == CompressionCodecName.ZSTD ? new ZstdCompressor(level) : others().getCompressor(name);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return name == CompressionCodecName.ZSTD ? new ZstdDecompressor() : others().getDecompressor(name);
    }

    private CodecFactory others() {
        if (others == null) {
            others = new CodecFactory(new PlainParquetConfiguration(), PAGE_GUESS);
        }
        return others;
    }

    @Override
    public void release() {
        if (others != null) {
            others.release();
        }
    }
}
