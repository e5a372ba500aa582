package dev.freshet.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Numbers the distinct byte strings of a column chunk from zero: a hash table with open addressing over the strings,
/// which lie one after the other.
final class BytesDictionary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FIRST = 32;
    private static final long ID = 0xFFFFFFFFL;

    private final int mostEntries;
    private final long mostBytes;
    private final PageBuffer entries = new PageBuffer();
    /// Entry i begins where i says, and ends where i + 1 does.
    private int[] starts = new int[FIRST + 1];
    /// The upper half of the hash, and the entry's number plus one in the lower half; zero is free.
    private long[] slots = new long[2 * FIRST];
    private int size;

    /// A dictionary of at most so many entries, and of about so much memory.
    BytesDictionary(int mostEntries, long mostBytes) {
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /// Finds or gives the number of a byte string; -1 if there is no room for it.
    int idOf(byte[] data, int start, int end) {
        long hash = hash(data, start, end);
        int slot = (int) (hash >>> Integer.SIZE) & (slots.length - 1);
        while (slots[slot] != 0) {
            long taken = slots[slot];
            if (((taken ^ hash) & ~ID) == 0) {
                int id = (int) taken - 1;
                if (same(id, data, start, end)) {
                    return id;
                }
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return hasRoom(end - start) ? add(hash, data, start, end) : -1;
    }

    private boolean hasRoom(int length) {
        return size < mostEntries && bytes() + length <= mostBytes;
    }

    private int add(long hash, byte[] data, int start, int end) {
        if (size + 1 == starts.length) {
            grow();
        }
        entries.putBytes(data, start, end - start);
        place(hash, size);
        starts[++size] = entries.size();
        return size - 1;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * size + 1);
        long[] old = slots;
        slots = new long[4 * size];
        for (long taken : old) {
            if (taken != 0) {
                place(taken, (int) taken - 1);
            }
        }
    }

    private void place(long hash, int id) {
        int slot = (int) (hash >>> Integer.SIZE) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = (hash & ~ID) | (id + 1L);
    }

    private boolean same(int id, byte[] data, int start, int end) {
        int from = starts[id];
        int length = end - start;
        if (starts[id + 1] - from != length) {
            return false;
        }
        byte[] held = entries.array();
        if (length < Long.BYTES) {
            return head(held, from, length) == head(data, start, length);
        }
        int last = length - Long.BYTES;
        for (int at = 0; at < last; at += Long.BYTES) {
            if ((long) LONG.get(held, from + at) != (long) LONG.get(data, start + at)) {
                return false;
            }
        }
        return (long) LONG.get(held, from + last) == (long) LONG.get(data, start + last);
    }

    private static long hash(byte[] data, int start, int end) {
        int length = end - start;
        if (length < Long.BYTES) {
            return mix(head(data, start, length) * MIX + length);
        }
        int last = end - Long.BYTES;
        long hash = length;
        for (int at = start; at < last; at += Long.BYTES) {
            hash = Long.rotateLeft((hash ^ (long) LONG.get(data, at)) * MIX, 29);
        }
        return mix((hash ^ (long) LONG.get(data, last)) * MIX);
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> Integer.SIZE) * MIX;
        return mixed ^ mixed << 27;
    }

    /// Up to seven bytes as a number; strings of the same length have the same only if they are equal.
    private static long head(byte[] data, int start, int length) {
        if (length >= Integer.BYTES) {
            long low = (int) INT.get(data, start) & ID;
            return low | (long) (int) INT.get(data, start + length - Integer.BYTES) << Integer.SIZE;
        }
        long head = 0;
        for (int i = 0; i < length; i++) {
            head = head << Byte.SIZE | (data[start + i] & 0xff);
        }
        return head;
    }

    byte[] entries() {
        return entries.array();
    }

    int start(int id) {
        return starts[id];
    }

    int end(int id) {
        return starts[id + 1];
    }

    int size() {
        return size;
    }

    long bytes() {
        return entries.capacity() + (long) starts.length * Integer.BYTES + (long) slots.length * Long.BYTES;
    }
}
