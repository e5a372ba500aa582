package dev.freshet.parquet;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Strings and binary values. Only strings have bounds in a Delta table.
final class BytesValues implements LeafValues {
    private static final int STEP = 1024;

    private final boolean text;
    private final PageLimits limits;
    private final BytesPages pages;
    private BytesBounds file;

    BytesValues(boolean text, PageLimits limits, @Nullable BloomBits filter) {
        this.text = text;
        this.limits = limits;
        this.pages = new BytesPages(false, limits, filter);
        this.file = new BytesBounds(text);
    }

    @Override
    public int fitting(Vector vector, int from, int to) {
        BytesVector bytes = (BytesVector) vector;
        int last = Math.min(to, from + STEP);
        if (bytes.end(last - 1) - bytes.start(from) <= limits.pageBytes()) {
            return last;
        }
        int end = from + 1;
        while (end < last && bytes.end(end) - bytes.start(from) <= limits.pageBytes()) {
            end++;
        }
        return end;
    }

    @Override
    public void add(Vector vector, int from, int to) {
        pages.addAll((BytesVector) vector, from, to);
    }

    @Override
    public boolean pageFull() {
        return pages.pageFull();
    }

    @Override
    public EncodedValues encode(PageSpace space) throws IOException {
        return pages.encode(space);
    }

    @Override
    public PageBounds endPage() {
        BytesBounds page = new BytesBounds(text);
        pages.widen(page);
        file.widen(page);
        pages.clearPage();
        return page.plain();
    }

    @Override
    public Optional<DictionaryPage> endChunk() {
        return pages.endChunk();
    }

    @Override
    public long bytes() {
        return pages.bytes();
    }

    @Override
    public Optional<Bounds> endFile() {
        Optional<Bounds> bounds = text ? file.bounds() : Optional.empty();
        file = new BytesBounds(text);
        pages.endFile();
        return bounds;
    }
}
