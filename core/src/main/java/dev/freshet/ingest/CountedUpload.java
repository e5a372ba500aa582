package dev.freshet.ingest;

import dev.freshet.host.Host;
import dev.freshet.store.Upload;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// An upload that knows how much went through it, and lets what did become durable while more is written. Confined to
/// one thread, but for [#settle()].
final class CountedUpload extends Upload {
    private static final long SETTLED_BYTES = 4 << 20;

    private final Upload upload;
    private final Host host;
    private final AtomicBoolean settling = new AtomicBoolean();
    private long bytes;
    private long settled;

    CountedUpload(Upload upload, Host host) {
        this.upload = upload;
        this.host = host;
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
        if (bytes - settled >= SETTLED_BYTES && settling.compareAndSet(false, true)) {
            settled = bytes;
            host.startApart("settle", this::settle);
        }
    }

    @Override
    public void flush() throws IOException {
        upload.flush();
    }

    @Override
    public void settle() {
        try {
            upload.settle();
        } finally {
            settling.set(false);
        }
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
