package dev.freshet.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/// A stream into a hidden file of a local lake.
final class LocalUpload extends Upload {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final LocalDraft draft;
    private final Path target;
    private final BufferedOutputStream buffer;

    LocalUpload(LocalDraft draft, Path target) {
        this.draft = draft;
        this.target = target;
        this.buffer = new BufferedOutputStream(draft, BUFFER_BYTES);
    }

    @Override
    public void write(int b) throws IOException {
        buffer.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        buffer.write(source, offset, length);
    }

    @Override
    public void finish() throws IOException {
        try (draft) {
            buffer.flush();
            if (!draft.publish()) {
                throw new FileAlreadyExistsException(target.toString());
            }
        }
    }

    @Override
    public void settle() {
        draft.settle();
    }

    @Override
    public void close() {
        draft.close();
    }
}
