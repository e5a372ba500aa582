package dev.freshet.parquet;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the values of one column's pages are written: as numbers of dictionary entries as long as that pays, from
/// then on plain or by differences, whichever makes the first such page smaller in the file. Both decisions hold for
/// the rest of the file, but that each row group's first page may end the dictionary.
abstract sealed class ValuePages permits NumberPages, BytesPages {
    static final int MAX_ENTRIES = 100_000;

    final PageLimits limits;
    private boolean dictionaryPays = true;
    private boolean dictionaryUsed;
    private @Nullable Encoding direct;

    ValuePages(PageLimits limits) {
        this.limits = limits;
    }

    abstract int dictionarySize();

    abstract PageBuffer dictionaryEntries();

    abstract void newDictionary();

    /// Whether values may go to the dictionary.
    final boolean byDictionary() {
        return dictionaryPays;
    }

    /// Whether a page of this chunk needs the dictionary.
    final boolean dictionaryUsed() {
        return dictionaryUsed;
    }

    /// Whether so many distinct values are too many for the first page of a chunk: more than 40%.
    final boolean tooManyDistinct(int values) {
        return !dictionaryUsed && dictionarySize() * 5L > values * 2L;
    }

    /// Writes this page and all later ones without a dictionary.
    final void endDictionary() {
        dictionaryPays = false;
        if (!dictionaryUsed) {
            newDictionary();
        }
    }

    final EncodedValues encodeIds(int[] ids, int count, PageSpace space) {
        dictionaryUsed = true;
        PageBuffer page = space.page();
        putIds(ids, count, page);
        return new EncodedValues(page.toBytes(), Encoding.RLE_DICTIONARY);
    }

    /// Appends the numbers of entries behind their width.
    final void putIds(int[] ids, int count, PageBuffer out) {
        int width = BitPacking.width(dictionarySize() - 1L);
        out.write(width);
        HybridEncoder.encode(ids, count, width, out);
    }

    /// The encoding of pages without a dictionary, chosen for the first of them.
    final Encoding direct(PageSpace space) throws IOException {
        if (direct == null) {
            direct = chooseDirect(space);
        }
        return direct;
    }

    abstract Encoding chooseDirect(PageSpace space) throws IOException;

    /// Forgets what was decided for the file.
    void endFile() {
        dictionaryPays = true;
        direct = null;
    }

    /// Ends a column chunk: its dictionary, if a page used one.
    final Optional<DictionaryPage> endChunk() {
        if (!dictionaryUsed) {
            return Optional.empty();
        }
        var page = new DictionaryPage(dictionaryEntries().toBytes(), dictionarySize());
        dictionaryUsed = false;
        newDictionary();
        return Optional.of(page);
    }
}
