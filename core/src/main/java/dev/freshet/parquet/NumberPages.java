package dev.freshet.parquet;

import org.apache.parquet.bytes.BytesInput;

/// Pages of fixed-width values of four or eight bytes, handed in as their bits.
final class NumberPages extends ValuePages {
    private final int width;
    private NumberDictionary dictionary = new NumberDictionary();

    NumberPages(int width, PageLimits limits) {
        super(limits);
        this.width = width;
    }

    void add(long bits) {
        if (byDictionary()) {
            addId(dictionary.idOf(bits), width);
        } else {
            addPlain(bits);
        }
    }

    private void addPlain(long bits) {
        if (width == Long.BYTES) {
            plain.putLong(bits);
        } else {
            plain.putInt((int) bits);
        }
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    long dictionaryBytes() {
        return dictionary.bytes();
    }

    @Override
    void copyEntry(int id) {
        addPlain(dictionary.valueOf(id));
    }

    @Override
    BytesInput dictionaryEntries() {
        PageBuffer entries = new PageBuffer();
        for (int id = 0; id < dictionary.size(); id++) {
            if (width == Long.BYTES) {
                entries.putLong(dictionary.valueOf(id));
            } else {
                entries.putInt((int) dictionary.valueOf(id));
            }
        }
        return entries.toBytes();
    }

    @Override
    void newDictionary() {
        dictionary = new NumberDictionary();
    }
}
