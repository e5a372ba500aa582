package dev.freshet.parquet;

import dev.freshet.store.Upload;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/// An upload as Parquet's output file. Parquet closes its stream when the footer is written; the upload stays open.
final class UploadFile implements OutputFile {
    private final Upload upload;
    private long position;

    UploadFile(Upload upload) {
        this.upload = upload;
    }

    /// Bytes written so far.
    long position() {
        return position;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new Stream();
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return new Stream();
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private final class Stream extends PositionOutputStream {
        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            upload.write(b);
            position++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            upload.write(source, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            upload.flush();
        }

        @Override
        public void close() {}
    }
}
