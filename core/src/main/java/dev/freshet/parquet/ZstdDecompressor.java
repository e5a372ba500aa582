package dev.freshet.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;

/// Decompresses pages with zstd, without Hadoop.
final class ZstdDecompressor implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
        PageBuffer compressed = new PageBuffer();
        bytes.writeAllTo(compressed);
        return BytesInput.from(decompress(compressed.array(), compressed.size(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
        byte[] compressed = new byte[compressedSize];
        input.get(compressed);
        output.put(decompress(compressed, compressedSize, size));
    }

    private static byte[] decompress(byte[] compressed, int compressedSize, int size) throws IOException {
        byte[] page = new byte[size];
        try {
            long length = Zstd.decompressByteArray(page, 0, size, compressed, 0, compressedSize);
            if (Zstd.isError(length) || length != size) {
                throw new IOException("a zstd page does not have the " + size + " bytes that its header says");
            }
        } catch (ZstdException e) {
            throw new IOException("a zstd page is damaged: " + e.getMessage(), e);
        }
        return page;
    }

    @Override
    public void release() {}
}
