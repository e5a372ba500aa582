package dev.freshet.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/// The codecs of one writer. What we write with is ours and needs no Hadoop; for what others wrote Parquet's own are
/// loaded when first asked. Every compressor is a new one, so that several threads may have one each.
final class Codecs implements CompressionCodecFactory {
    private static final int PAGE_GUESS = 64 << 10;

    private final int level;
    private final List<BytesInputCompressor> compressors = new ArrayList<>();
    private @Nullable CodecFactory others;

    Codecs(int level) {
        this.level = level;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        BytesInputCompressor compressor = newCompressor(name);
        compressors.add(compressor);
        return compressor;
    }

    private BytesInputCompressor newCompressor(CompressionCodecName name) {
        return switch (name) {
            case ZSTD -> new ZstdCompressor(level);
            case SNAPPY -> new SnappyCompressor();
            default -> others().getCompressor(name);
        };
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
        compressors.forEach(BytesInputCompressor::release);
        compressors.clear();
        if (others != null) {
            others.release();
        }
    }
}
