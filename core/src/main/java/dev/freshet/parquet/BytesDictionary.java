package dev.freshet.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Numbers the distinct byte strings of a column chunk from zero. The entries lie one after the other, each
/// behind its length: plain Parquet, as the dictionary page needs them.
final class BytesDictionary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final PageBuffer entries = new PageBuffer();
    private int[] starts = new int[32];
    private int[] hashes = new int[32];
    /// The entry's number plus one; zero is free.
    private int[] slots = new int[64];
    private int size;

    int idOf(byte[] data, int start, int end) {
        int hash = hash(data, start, end);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (hashes[id] == hash && same(id, data, start, end)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return add(hash, data, start, end);
    }

    /// Appends an entry in plain encoding.
    void copyTo(PageBuffer plain, int id) {
        plain.putBytes(entries.array(), starts[id], Integer.BYTES + entries.getInt(starts[id]));
    }

    PageBuffer entries() {
        return entries;
    }

    int size() {
        return size;
    }

    long bytes() {
        return entries.capacity() + (long) (starts.length + hashes.length + slots.length) * Integer.BYTES;
    }

    private boolean same(int id, byte[] data, int start, int end) {
        int from = starts[id] + Integer.BYTES;
        int length = entries.getInt(starts[id]);
        return Arrays.equals(entries.array(), from, from + length, data, start, end);
    }

    private int add(int hash, byte[] data, int start, int end) {
        if (size == starts.length) {
            grow();
        }
        starts[size] = entries.size();
        hashes[size] = hash;
        entries.putInt(end - start);
        entries.putBytes(data, start, end - start);
        place(size);
        return size++;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        slots = new int[4 * size];
        for (int id = 0; id < size; id++) {
            place(id);
        }
    }

    private void place(int id) {
        int mask = slots.length - 1;
        int slot = hashes[id] & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = id + 1;
    }

    private static int hash(byte[] data, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ (long) LONG.get(data, at) * MIX, 29) * MIX;
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << 8 | (data[at] & 0xff);
        }
        hash = (hash ^ rest * MIX) * MIX;
        return (int) (hash >>> 32);
    }
}
