package dev.freshet.ingest;

import dev.freshet.store.Upload;
import java.io.IOException;

/// An upload that knows how much went through it. Confined to one thread.
final class CountedUpload extends Upload {
    private final Upload upload;
    private long bytes;

    CountedUpload(Upload upload) {
        this.upload = upload;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int b) throws IOException {
        upload.write(b);
        bytes++;
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        upload.write(data, offset, length);
        bytes += length;
    }

    @Override
    public void flush() throws IOException {
        upload.flush();
    }

    @Override
    public void finish() throws IOException {
        upload.finish();
    }

    @Override
    public void close() throws IOException {
        upload.close();
    }
}
