package dev.freshet.table;

import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Objects;

/// An object of the store as Kernel reads it: in blocks, so that a small file takes one request and a large one
/// does not fill the memory.
final class StoreInput implements InputFile {
    private static final int BLOCK = 4 << 20;

    private final Store store;
    private final String key;
    private final String path;
    private final long knownSize;

    /// @param knownSize not above zero when unknown
    StoreInput(Store store, String key, String path, long knownSize) {
        this.store = store;
        this.key = key;
        this.path = path;
        this.knownSize = knownSize;
    }

    @Override
    public long length() throws IOException {
        return knownSize > 0
                ? knownSize
                : store.stat(key).map(StoredObject::size).orElseThrow(() -> new FileNotFoundException(path));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Blocks(length());
    }

    /// One reader's way through the object.
    private final class Blocks extends SeekableInputStream {
        private final long length;
        private long position;
        private long blockStart;
        private byte[] block = {};

        Blocks(long length) {
            this.length = length;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long target) {
            position = target;
        }

        @Override
        public int read() throws IOException {
            if (position >= length) {
                return -1;
            }
            load();
            return block[(int) (position++ - blockStart)] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int wanted) throws IOException {
            Objects.checkFromIndexSize(offset, wanted, into.length);
            if (wanted == 0) {
                return 0;
            }
            if (position >= length) {
                return -1;
            }
            load();
            int from = (int) (position - blockStart);
            int count = Math.min(wanted, block.length - from);
            System.arraycopy(block, from, into, offset, count);
            position += count;
            return count;
        }

        @Override
        public void readFully(byte[] into, int offset, int wanted) throws IOException {
            int done = 0;
            while (done < wanted) {
                int count = read(into, offset + done, wanted - done);
                if (count < 0) {
                    throw new EOFException(path + " ends after " + length + " bytes");
                }
                done += count;
            }
        }

        private void load() throws IOException {
            if (position >= blockStart && position < blockStart + block.length) {
                return;
            }
            try {
                block = store.read(key, position, (int) Math.min(BLOCK, length - position));
                blockStart = position;
            } catch (MissingObjectException e) {
                throw (IOException) new FileNotFoundException(path).initCause(e);
            }
        }
    }
}
