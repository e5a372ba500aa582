package dev.freshet.parquet;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Compresses pages with zstd, without Hadoop. What [#compress] returns is valid until the next call.
final class ZstdCompressor implements BytesInputCompressor {
    /// Larger pages are streamed, so that they are not held once more.
    private static final int LARGE = 2 << 20;

    private final int level;
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final PageBuffer page = new PageBuffer();
    private byte[] target = {};

    ZstdCompressor(int level) {
        this.level = level;
        context.setLevel(level);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        return bytes.size() > LARGE ? stream(bytes) : compressWhole(bytes);
    }

    private BytesInput compressWhole(BytesInput bytes) throws IOException {
        page.clear(LARGE);
        bytes.writeAllTo(page);
        int bound = (int) Zstd.compressBound(page.size());
        if (target.length < bound) {
            target = new byte[bound];
        }
        int length = context.compressByteArray(target, 0, target.length, page.array(), 0, page.size());
        return BytesInput.from(target, 0, length);
    }

    private BytesInput stream(BytesInput bytes) throws IOException {
        PageBuffer compressed = new PageBuffer();
        try (var zstd = new ZstdOutputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE, level)) {
            bytes.writeAllTo(zstd);
        }
        return compressed.toBytes();
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    /// Memory held between pages.
    long bytes() {
        return page.capacity() + (long) target.length;
    }

    @Override
    public void release() {
        context.close();
    }
}
