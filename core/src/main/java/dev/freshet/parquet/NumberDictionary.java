package dev.freshet.parquet;

import java.util.Arrays;

/// Numbers the distinct 64-bit values of a column chunk from zero: a hash table with open addressing.
final class NumberDictionary {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] entries = new long[32];
    /// The entry's number plus one; zero is free.
    private int[] slots = new int[64];
    private int size;

    int idOf(long value) {
        int mask = slots.length - 1;
        int slot = hash(value) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (entries[id] == value) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return add(value, slot);
    }

    long valueOf(int id) {
        return entries[id];
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) entries.length * Long.BYTES + (long) slots.length * Integer.BYTES;
    }

    private int add(long value, int slot) {
        if (size == entries.length) {
            grow();
            return idOf(value);
        }
        entries[size] = value;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        entries = Arrays.copyOf(entries, 2 * entries.length);
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(entries[id]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }

    private static int hash(long value) {
        long mixed = (value ^ (value >>> 32)) * MIX;
        return (int) (mixed >>> 32);
    }
}
