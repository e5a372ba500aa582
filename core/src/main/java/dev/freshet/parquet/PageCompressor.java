package dev.freshet.parquet;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// The compressor of a column's pages: that of whoever is writing them just now.
final class PageCompressor implements BytesInputCompressor {
    private BytesInputCompressor current;

    PageCompressor(BytesInputCompressor first) {
        this.current = first;
    }

    void use(BytesInputCompressor compressor) {
        current = compressor;
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        return current.compress(bytes);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return current.getCodecName();
    }

    @Override
    public void release() {}
}
