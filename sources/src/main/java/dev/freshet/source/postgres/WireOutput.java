package dev.freshet.source.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes messages, each gathered first and sent whole. Confined to one thread.
final class WireOutput {
    private final OutputStream out;
    private byte[] data = new byte[256];
    private int size;
    private int lengthAt;

    WireOutput(OutputStream out) {
        this.out = out;
    }

    /// Begins a message of a type.
    WireOutput begin(char type) {
        size = 0;
        bytes(new byte[] {(byte) type});
        return begun();
    }

    /// Begins a message from the time before there were types.
    WireOutput begin() {
        size = 0;
        return begun();
    }

    private WireOutput begun() {
        lengthAt = size;
        return int4(0);
    }

    WireOutput int4(int value) {
        ensure(Integer.BYTES);
        BinaryCells.putInt4(data, size, value);
        size += Integer.BYTES;
        return this;
    }

    WireOutput bytes(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, data, size, value.length);
        size += value.length;
        return this;
    }

    /// Text and the zero that ends it, which the text therefore cannot hold.
    WireOutput text(String value) throws PostgresException {
        if (value.indexOf('\0') >= 0) {
            throw new PostgresException("22021", "no text that PostgreSQL knows holds the character 0");
        }
        return bytes(value.getBytes(StandardCharsets.UTF_8)).bytes(new byte[1]);
    }

    void send() throws PostgresException {
        BinaryCells.putInt4(data, lengthAt, size - lengthAt);
        try {
            out.write(data, 0, size);
            out.flush();
        } catch (IOException e) {
            throw WireInput.lost(e);
        }
    }

    private void ensure(int more) {
        if (data.length - size < more) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, size + more));
        }
    }
}
