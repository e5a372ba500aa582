package dev.freshet.parquet;

import org.apache.parquet.bytes.BytesInput;

/// Pages of byte strings of any length.
final class BytesPages extends ValuePages {
    private BytesDictionary dictionary = new BytesDictionary();

    BytesPages(PageLimits limits) {
        super(limits);
    }

    void add(byte[] data, int start, int end) {
        int length = end - start;
        if (byDictionary() && length > limits.dictionaryBytes() / 4) {
            turnPlain();
        }
        if (byDictionary()) {
            addId(dictionary.idOf(data, start, end), Integer.BYTES + length);
        } else {
            plain.putInt(length);
            plain.putBytes(data, start, length);
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
        dictionary.copyTo(plain, id);
    }

    @Override
    BytesInput dictionaryEntries() {
        return dictionary.entries().toBytes();
    }

    @Override
    void newDictionary() {
        dictionary = new BytesDictionary();
    }
}
