package dev.freshet.parquet;

import java.util.Arrays;

/// Numbers the distinct 64-bit values of a column chunk from zero: a hash table with open addressing.
final class NumberDictionary {
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FIRST = 32;
    /// Memory for an entry: itself and two places in the table.
    private static final int ENTRY_BYTES = Long.BYTES + 2 * Integer.BYTES;

    private final int most;
    private long[] entries = new long[FIRST];
    /// The entry's number plus one; zero is free.
    private int[] slots = new int[2 * FIRST];
    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(2 * FIRST);
    private int size;

    /// A dictionary of at most so many entries, fewer if they would need more memory.
    NumberDictionary(int mostEntries, long mostBytes) {
        this.most = (int) Math.min(mostEntries, Math.max(FIRST, Long.highestOneBit(mostBytes / ENTRY_BYTES)));
    }

    /// Finds or gives the number of each value; false if the dictionary has no room for all.
    boolean number(long[] values, int count, int[] ids) {
        boolean room = true;
        for (int at = 0; room && at < count; at += LeafValues.STRETCH) {
            room = number(values, at, Math.min(count, at + LeafValues.STRETCH), ids);
        }
        return room;
    }

    private boolean number(long[] values, int from, int to, int[] ids) {
        for (int i = from; i < to; i++) {
            int id = idOf(values[i]);
            if (id < 0) {
                return false;
            }
            ids[i] = id;
        }
        return true;
    }

    private int idOf(long value) {
        int[] table = slots;
        int slot = slotOf(value);
        while (table[slot] != 0) {
            int id = table[slot] - 1;
            if (entries[id] == value) {
                return id;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return size < most ? add(value, slot) : -1;
    }

    private int add(long value, int free) {
        int slot = free;
        if (size == entries.length) {
            grow();
            slot = freeSlot(value);
        }
        entries[size] = value;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        entries = Arrays.copyOf(entries, 2 * size);
        slots = new int[4 * size];
        shift--;
        for (int id = 0; id < size; id++) {
            slots[freeSlot(entries[id])] = id + 1;
        }
    }

    private int freeSlot(long value) {
        int slot = slotOf(value);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int slotOf(long value) {
        return (int) ((value * MIX) >>> shift);
    }

    /// The distinct values: the first [#size()] elements.
    long[] entries() {
        return entries;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) entries.length * Long.BYTES + (long) slots.length * Integer.BYTES;
    }
}
