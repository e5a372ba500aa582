package dev.freshet.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The lines of a file that grows. Confined to one thread.
final class LineTail {
    private final Path file;
    private long read;

    LineTail(Path file) {
        this.file = file;
    }

    /// Where the next line begins.
    long position() {
        return read;
    }

    /// The complete lines since the last call.
    List<String> next() {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) (open.length() - read)];
            open.seek(read);
            open.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String complete = text.substring(0, text.lastIndexOf('\n') + 1);
            read += complete.getBytes(StandardCharsets.UTF_8).length;
            return complete.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
