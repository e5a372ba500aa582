package dev.freshet.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/// The values of the pages of one column: numbers of dictionary entries as long as that pays, plain from then on,
/// in all later row groups too. It pays while at most 40% of the first page's values are distinct and the
/// dictionary stays small.
abstract sealed class ValuePages permits NumberPages, BytesPages {
    private static final int MAX_ENTRIES = 100_000;
    private static final int FIRST_IDS = 256;

    final PageBuffer plain = new PageBuffer();
    final PageLimits limits;
    private boolean dictionaryPays = true;
    private boolean dictionaryUsed;
    private int[] ids = {};
    private int idCount;
    /// What the page would need in plain encoding.
    private long plainBytes;

    ValuePages(PageLimits limits) {
        this.limits = limits;
    }

    abstract int dictionarySize();

    abstract long dictionaryBytes();

    abstract void copyEntry(int id);

    abstract BytesInput dictionaryEntries();

    abstract void newDictionary();

    /// Whether the next value goes to the dictionary.
    final boolean byDictionary() {
        return dictionaryPays;
    }

    final void addId(int id, int plainLength) {
        if (idCount == ids.length) {
            ids = Arrays.copyOf(ids, Math.max(FIRST_IDS, ids.length * 2));
        }
        ids[idCount++] = id;
        plainBytes += plainLength;
        if (dictionarySize() > MAX_ENTRIES || dictionaryBytes() > limits.dictionaryBytes()) {
            turnPlain();
        }
    }

    /// Writes this page and all later ones plain.
    final void turnPlain() {
        for (int i = 0; i < idCount; i++) {
            copyEntry(ids[i]);
        }
        idCount = 0;
        ids = new int[0];
        dictionaryPays = false;
        if (!dictionaryUsed) {
            newDictionary();
        }
    }

    final boolean pageFull() {
        return plain.size() >= limits.pageBytes()
                || (long) idCount * Integer.BYTES >= limits.pageBytes()
                || plainBytes >= 4L * limits.pageBytes();
    }

    /// The page's values. They are valid until [#clearPage()].
    final EncodedValues encode() throws IOException {
        if (idCount > 0 && !dictionaryUsed && dictionarySize() * 5L > idCount * 2L) {
            turnPlain();
        }
        return idCount == 0 ? new EncodedValues(plain.toBytes(), Encoding.PLAIN) : encodeIds();
    }

    private EncodedValues encodeIds() throws IOException {
        dictionaryUsed = true;
        int width = BytesUtils.getWidthFromMaxInt(dictionarySize() - 1);
        int guess = Math.max(64, (int) ((long) idCount * width / Byte.SIZE));
        try (var encoder =
                new RunLengthBitPackingHybridEncoder(width, guess, guess, HeapByteBufferAllocator.getInstance())) {
            for (int i = 0; i < idCount; i++) {
                encoder.writeInt(ids[i]);
            }
            PageBuffer numbers = new PageBuffer();
            numbers.write(width);
            encoder.toBytes().writeAllTo(numbers);
            return new EncodedValues(numbers.toBytes(), Encoding.RLE_DICTIONARY);
        }
    }

    final void clearPage() {
        idCount = 0;
        plainBytes = 0;
        plain.clear(2 * limits.pageBytes());
    }

    /// Ends a column chunk: its dictionary, if a page used one.
    final Optional<DictionaryPage> endChunk() throws IOException {
        if (!dictionaryUsed) {
            return Optional.empty();
        }
        var page = new DictionaryPage(dictionaryEntries(), dictionarySize(), Encoding.PLAIN);
        dictionaryUsed = false;
        newDictionary();
        return Optional.of(page);
    }

    final long bytes() {
        return plain.capacity() + (long) ids.length * Integer.BYTES + dictionaryBytes();
    }
}
