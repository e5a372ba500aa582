package dev.freshet.parquet;

import dev.freshet.store.Store;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/// An object of a store as Parquet's input file. The end of the file, where the footer is, is read once and kept,
/// so that a small file costs one read.
final class StoreFile implements InputFile {
    private static final int TAIL = 64 << 10;

    private final Store store;
    private final String key;
    private final long length;
    private final byte[] tail;

    StoreFile(Store store, String key, long length) {
        this.store = store;
        this.key = key;
        this.length = length;
        int kept = (int) Math.min(TAIL, length);
        this.tail = store.read(key, length - kept, kept);
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream();
    }

    private void read(long position, byte[] target, int offset, int count) throws EOFException {
        if (count > length - position) {
            throw new EOFException(key + " ends before " + (position + count));
        }
        long inTail = position - (length - tail.length);
        if (inTail >= 0) {
            System.arraycopy(tail, (int) inTail, target, offset, count);
        } else if (count > 0) {
            System.arraycopy(store.read(key, position, count), 0, target, offset, count);
        }
    }

    private final class Stream extends SeekableInputStream {
        private long position;

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws EOFException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws EOFException {
            int some = (int) Math.min(count, length - position);
            if (some <= 0) {
                return count == 0 ? 0 : -1;
            }
            readFully(target, offset, some);
            return some;
        }

        @Override
        public void readFully(byte[] target) throws EOFException {
            readFully(target, 0, target.length);
        }

        @Override
        public void readFully(byte[] target, int offset, int count) throws EOFException {
            StoreFile.this.read(position, target, offset, count);
            position += count;
        }

        @Override
        public int read(ByteBuffer target) throws EOFException {
            int some = (int) Math.min(target.remaining(), length - position);
            if (some <= 0) {
                return target.hasRemaining() ? -1 : 0;
            }
            byte[] bytes = new byte[some];
            readFully(bytes);
            target.put(bytes);
            return some;
        }

        @Override
        public void readFully(ByteBuffer target) throws EOFException {
            if (target.remaining() > length - position) {
                throw new EOFException(key + " ends before " + (position + target.remaining()));
            }
            byte[] bytes = new byte[target.remaining()];
            readFully(bytes);
            target.put(bytes);
        }
    }
}
