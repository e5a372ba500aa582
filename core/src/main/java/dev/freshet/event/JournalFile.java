package dev.freshet.event;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// One file of a journal: frames of a kind, a length, a checksum and content. What a death cut off in the middle of a
/// frame is no part of it.
final class JournalFile {
    static final byte ENTRY = 'E';
    static final byte INTENT = 'I';
    static final byte ACKNOWLEDGED = 'A';

    static final int HEAD = 1 + Integer.BYTES + Integer.BYTES;
    private static final int WINDOW = 64 << 10;
    private static final int LONGEST = 64 << 20;
    private static final String SUFFIX = ".journal";

    private final Path path;
    private final long number;
    /// Written by whoever has the journal's lock.
    private final RandomAccessFile file;
    /// Read by the journal's one lane, a window at a time.
    private final RandomAccessFile in;

    private final byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowLength;
    private volatile long end;
    private volatile long safe;

    private JournalFile(Path path, long number) throws IOException {
        this.path = path;
        this.number = number;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.in = new RandomAccessFile(path.toFile(), "r");
        this.end = file.length();
    }

    static JournalFile open(Path folder, long number) throws IOException {
        return new JournalFile(folder.resolve("%012d%s".formatted(number, SUFFIX)), number);
    }

    static boolean isOne(Path path) {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    static long number(Path path) {
        String name = path.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// One frame, and where the next one begins.
    record Frame(byte kind, byte[] content, long next) {}

    long number() {
        return number;
    }

    /// Where the next frame will begin.
    long end() {
        return end;
    }

    void append(byte kind, byte[] content) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEAD + content.length);
        frame.put(kind).putInt(content.length).putInt(checksum(kind, content)).put(content);
        file.seek(end);
        file.write(frame.array());
        end = file.getFilePointer();
    }

    /// @param limit where frames end
    Frame read(long at, long limit) throws IOException {
        if (limit - at < HEAD) {
            throw broken(at);
        }
        ByteBuffer head = ByteBuffer.wrap(bytes(at, HEAD));
        byte kind = head.get();
        int length = head.getInt();
        int checksum = head.getInt();
        if (length < 0 || length > LONGEST || length > limit - at - HEAD) {
            throw broken(at);
        }
        byte[] content = bytes(at + HEAD, length);
        if (checksum(kind, content) != checksum) {
            throw broken(at);
        }
        return new Frame(kind, content, at + HEAD + length);
    }

    private byte[] bytes(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (length > WINDOW) {
            in.seek(at);
            in.readFully(bytes);
            return bytes;
        }
        if (at < windowStart || at + length > windowStart + windowLength) {
            in.seek(at);
            windowStart = at;
            windowLength = Math.max(0, in.read(window));
        }
        if (length > windowLength) {
            throw broken(at);
        }
        System.arraycopy(window, Math.toIntExact(at - windowStart), bytes, 0, length);
        return bytes;
    }

    /// Everything from there on is a frame that a death cut off.
    void cut(long at) throws IOException {
        file.setLength(at);
        end = at;
        windowLength = 0;
    }

    /// Makes everything in it so far survive a loss of power; costs nothing when that is so already.
    void sync() throws IOException {
        long reached = end;
        if (safe < reached) {
            file.getFD().sync();
            safe = reached;
        }
    }

    void close() {
        try (in;
                file) {
            windowLength = 0;
        } catch (IOException _) {
            // what was written is written
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    private IOException broken(long at) {
        return new IOException(path + " is broken at " + at);
    }

    private static int checksum(byte kind, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(kind);
        crc.update(content);
        return (int) crc.getValue();
    }
}
