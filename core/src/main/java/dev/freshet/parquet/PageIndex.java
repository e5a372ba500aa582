package dev.freshet.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What a column chunk's pages hold and where they are, for readers that skip pages: Parquet's column index and offset
/// index (Parquet format, "Page Index").
final class PageIndex {
    private static final int UNORDERED = 0;
    private static final int ASCENDING = 1;
    private static final int DESCENDING = 2;

    /// One page.
    ///
    /// @param bytes in the file, with its header
    /// @param levels its values and what stands in the place of absent ones
    record Page(int bytes, int levels, int rows, int nulls, PageBounds bounds) {
        /// The same page, of so many bytes in the file.
        Page in(int size) {
            return new Page(size, levels, rows, nulls, bounds);
        }

        boolean isEmpty() {
            return nulls == levels;
        }
    }

    private final Physical type;
    private final List<Page> pages = new ArrayList<>();

    PageIndex(Physical type) {
        this.type = type;
    }

    void add(Page page) {
        pages.add(page);
    }

    /// What all pages hold together.
    WrittenChunk.Contents contents() {
        return new WrittenChunk.Contents(
                pages.stream().mapToLong(Page::levels).sum(),
                pages.stream().mapToLong(Page::nulls).sum(),
                bounds());
    }

    private @Nullable PageBounds bounds() {
        return pages.stream()
                .filter(page -> !page.isEmpty())
                .map(Page::bounds)
                .reduce((one, other) -> one.with(other, type))
                .filter(PageBounds::known)
                .orElse(null);
    }

    /// What each page holds, as it is in the file (Parquet format, `ColumnIndex`); null where readers cannot tell pages
    /// apart by that.
    byte @Nullable [] columnIndex() {
        if (!pages.stream().allMatch(page -> page.bounds().known())) {
            return null;
        }
        PageBuffer buffer = new PageBuffer();
        CompactWriter out = new CompactWriter(buffer);
        out.begin();
        out.list(1, CompactWriter.FLAG, pages.size());
        pages.forEach(page -> out.element(page.isEmpty()));
        out.list(2, CompactWriter.BINARY, pages.size());
        pages.forEach(page -> out.element(page.bounds().min()));
        out.list(3, CompactWriter.BINARY, pages.size());
        pages.forEach(page -> out.element(page.bounds().max()));
        out.number(4, order());
        out.list(5, CompactWriter.LONG, pages.size());
        pages.forEach(page -> out.element(page.nulls()));
        out.end();
        return buffer.copy();
    }

    private int order() {
        List<PageBounds> bounds =
                pages.stream().filter(page -> !page.isEmpty()).map(Page::bounds).toList();
        if (isOrdered(bounds, order -> order <= 0)) {
            return ASCENDING;
        }
        return isOrdered(bounds, order -> order >= 0) ? DESCENDING : UNORDERED;
    }

    private boolean isOrdered(List<PageBounds> bounds, IntPredicate right) {
        for (int i = 1; i < bounds.size(); i++) {
            PageBounds before = bounds.get(i - 1);
            PageBounds after = bounds.get(i);
            if (!right.test(type.compare(before.min(), after.min()))
                    || !right.test(type.compare(before.max(), after.max()))) {
                return false;
            }
        }
        return true;
    }

    /// Where each page is, as it is in the file (Parquet format, `OffsetIndex`).
    ///
    /// @param first where in the file the first page is
    byte[] offsetIndex(long first) {
        PageBuffer buffer = new PageBuffer();
        CompactWriter out = new CompactWriter(buffer);
        out.begin();
        out.list(1, CompactWriter.STRUCT, pages.size());
        long offset = first;
        long row = 0;
        for (Page page : pages) {
            out.begin();
            out.large(1, offset);
            out.number(2, page.bytes());
            out.large(3, row);
            out.end();
            offset += page.bytes();
            row += page.rows();
        }
        out.end();
        return buffer.copy();
    }
}
