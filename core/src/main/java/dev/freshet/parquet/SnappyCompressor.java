package dev.freshet.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// Compresses pages with snappy, without Hadoop. What [#compress] returns is valid until the next call.
final class SnappyCompressor implements BytesInputCompressor {
    /// What is larger is not kept for the next page.
    private static final int LARGE = 2 << 20;

    private final PageBuffer page = new PageBuffer();
    private byte[] target = {};

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        page.clear(LARGE);
        bytes.writeAllTo(page);
        int bound = Snappy.maxCompressedLength(page.size());
        if (bound < page.size()) {
            throw new IOException("snappy cannot compress a page of " + page.size() + " bytes; zstd can");
        }
        if (target.length < bound || target.length > 2 * LARGE) {
            target = new byte[bound];
        }
        return BytesInput.from(target, 0, Snappy.compress(page.array(), 0, page.size(), target, 0));
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.SNAPPY;
    }

    @Override
    public void release() {}
}
