package dev.freshet.source.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/// Reads messages into one buffer, where they are looked at in place: a message is valid until the next one is asked
/// for. Nothing is allocated for a message unless it is larger than any before. Confined to one thread.
final class WireInput {
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int FIRST_SIZE = 8 << 10;

    /// What copies are read with: large enough that a read seldom ends in the middle of a row.
    private static final int LARGE_SIZE = 512 << 10;

    /// Larger buffers are given back once their message was read.
    private static final int KEPT_SIZE = 8 * LARGE_SIZE;

    /// A read that brings less lets more gather before the next one.
    private static final int PLENTY = 64 << 10;

    private final InputStream in;
    private final int longest;
    private final Lull lull;
    private byte[] data = new byte[FIRST_SIZE];
    /// What was read and belongs to no message yet is data[next] up to data[limit].
    private int next;

    private int limit;
    /// Where in the message reading goes on, and where the message ends.
    private int at;

    private int end;
    /// Bytes that the last read brought.
    private int brought;

    /// @param longest bytes of the longest message that is accepted
    /// @param lull between reads that bring little, once there is room for much
    WireInput(InputStream in, int longest, Lull lull) {
        this.in = in;
        this.longest = longest;
        this.lull = lull;
    }

    /// Bytes of a message that this process has room for: what it holds is copied twice before it is in a file.
    static int roomForMessage() {
        return (int) Math.min(Runtime.getRuntime().maxMemory() / 4, Integer.MAX_VALUE - LARGE_SIZE);
    }

    /// Has room for many messages from now on.
    void enlarge() {
        if (data.length < LARGE_SIZE) {
            resize(LARGE_SIZE);
        }
    }

    /// Waits for the next message, all of it, and returns its type.
    char next() throws PostgresException {
        need(HEADER);
        int length = BinaryCells.int4(data, next + 1);
        if (length < Integer.BYTES || length > longest) {
            throw violation(length);
        }
        need(1 + length);
        at = next + HEADER;
        end = next + 1 + length;
        char type = (char) data[next];
        next = end;
        return type;
    }

    /// The same for the next message that is part of an answer, not something that a server mentions by the way: a
    /// notice, a notification, a changed parameter.
    char answer() throws PostgresException {
        char type = next();
        while (type == 'N' || type == 'S' || type == 'A') {
            type = next();
        }
        return type;
    }

    /// Makes sure that so many bytes from `next` on are there.
    private void need(int bytes) throws PostgresException {
        if (limit - next < bytes) {
            fill(bytes);
        }
    }

    private void fill(int bytes) throws PostgresException {
        makeRoom(bytes);
        try {
            while (limit - next < bytes) {
                gather();
                brought = in.read(data, limit, data.length - limit);
                if (brought < 0) {
                    throw lost(new EOFException());
                }
                limit += brought;
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void gather() {
        if (data.length < LARGE_SIZE || brought >= PLENTY) {
            return;
        }
        try {
            lull.pass();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Moves what is left to the buffer's begin, and the buffer to the size that is needed.
    private void makeRoom(int bytes) {
        if (bytes > data.length) {
            resize(bytes);
        } else if (data.length > KEPT_SIZE && bytes <= LARGE_SIZE && limit - next <= LARGE_SIZE) {
            resize(LARGE_SIZE);
        } else if (next > 0) {
            System.arraycopy(data, next, data, 0, limit - next);
            limit -= next;
            next = 0;
        }
    }

    private void resize(int size) {
        byte[] resized = new byte[size];
        System.arraycopy(data, next, resized, 0, limit - next);
        data = resized;
        limit -= next;
        next = 0;
    }

    private PostgresException violation(int length) {
        if (length > longest) {
            return new PostgresException(
                    PostgresException.NO_ROOM, "%d bytes, and there is room for %d".formatted(length, longest));
        }
        return violation("a message of the length " + length);
    }

    /// What came is not what the protocol says.
    static PostgresException violation(String what) {
        return new PostgresException(
                PostgresException.PROTOCOL_VIOLATION, "it does not speak PostgreSQL's protocol: " + what);
    }

    static PostgresException unexpected(char type) {
        return violation("a message of type %d out of its turn".formatted((int) type));
    }

    static PostgresException lost(IOException e) {
        return switch (e) {
            case SocketTimeoutException _ ->
                new PostgresException(PostgresException.CONNECTION_LOST, "nothing was heard from it for too long", e);
            case EOFException _ ->
                new PostgresException(PostgresException.CONNECTION_LOST, "it closed the connection", e);
            case SSLException _ -> Tls.failure(e);
            default ->
                new PostgresException(
                        PostgresException.CONNECTION_LOST, "the connection is lost: " + e.getMessage(), e);
        };
    }

    /// The buffer; the message's rest is in it from [#at()] up to [#end()].
    byte[] data() {
        return data;
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    boolean hasMore() {
        return at < end;
    }

    int int2() throws PostgresException {
        return BinaryCells.int2(data, take(Short.BYTES));
    }

    int int4() throws PostgresException {
        return BinaryCells.int4(data, take(Integer.BYTES));
    }

    char letter() throws PostgresException {
        return (char) (data[take(1)] & 0xFF);
    }

    byte[] bytes(int length) throws PostgresException {
        int from = take(length);
        return Arrays.copyOfRange(data, from, from + length);
    }

    String text(int length) throws PostgresException {
        return new String(data, take(length), length, StandardCharsets.UTF_8);
    }

    /// Text up to the zero that ends it.
    String text() throws PostgresException {
        int zero = at;
        while (zero < end && data[zero] != 0) {
            zero++;
        }
        String text = text(zero - at);
        take(1);
        return text;
    }

    /// All that is left of the message.
    byte[] rest() throws PostgresException {
        return bytes(end - at);
    }

    private int take(int bytes) throws PostgresException {
        if (bytes < 0 || bytes > end - at) {
            throw violation("a message that ends before its content does");
        }
        int from = at;
        at += bytes;
        return from;
    }
}
