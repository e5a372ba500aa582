package dev.freshet.parquet;

import java.nio.charset.StandardCharsets;

/// Thrift's compact protocol, as far as Parquet's metadata is written in it (Apache Thrift, "Thrift Compact protocol
/// encoding"). Fields come in ascending order.
final class CompactWriter {
    /// The types of values, which for fields that are flags are the values themselves.
    static final int FLAG = 1;

    static final int INT = 5;
    static final int LONG = 6;
    static final int BINARY = 8;
    static final int STRUCT = 12;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int SHORT = 4;
    private static final int LIST = 9;
    /// What fits beside a type into one byte.
    private static final int SHORTEST = 15;

    private static final int DEEPEST = 16;

    private final PageBuffer out;
    /// The last field of each structure that is open.
    private final int[] fields = new int[DEEPEST];

    private int depth = -1;

    CompactWriter(PageBuffer out) {
        this.out = out;
    }

    /// Begins a structure that is no field: the outermost, or an element of a list.
    void begin() {
        fields[++depth] = 0;
    }

    void begin(int field) {
        header(field, STRUCT);
        begin();
    }

    void end() {
        out.write(0);
        depth--;
    }

    /// A structure without fields.
    void empty(int field) {
        begin(field);
        end();
    }

    void flag(int field, boolean value) {
        header(field, value ? TRUE : FALSE);
    }

    void tiny(int field, int value) {
        header(field, BYTE);
        out.write(value);
    }

    void small(int field, int value) {
        header(field, SHORT);
        out.putZigZag(value);
    }

    void number(int field, int value) {
        header(field, INT);
        out.putZigZag(value);
    }

    void large(int field, long value) {
        header(field, LONG);
        out.putZigZag(value);
    }

    void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, byte[] value) {
        header(field, BINARY);
        element(value);
    }

    /// Begins a list; its elements follow.
    void list(int field, int type, int size) {
        header(field, LIST);
        if (size < SHORTEST) {
            out.write(size << 4 | type);
        } else {
            out.write(0xF0 | type);
            out.putVarint(size);
        }
    }

    void element(boolean value) {
        out.write(value ? TRUE : FALSE);
    }

    void element(long value) {
        out.putZigZag(value);
    }

    void element(byte[] value) {
        out.putVarint(value.length);
        out.putBytes(value, 0, value.length);
    }

    void element(String value) {
        element(value.getBytes(StandardCharsets.UTF_8));
    }

    private void header(int field, int type) {
        int step = field - fields[depth];
        fields[depth] = field;
        if (step <= SHORTEST) {
            out.write(step << 4 | type);
        } else {
            out.write(type);
            out.putZigZag(field);
        }
    }
}
