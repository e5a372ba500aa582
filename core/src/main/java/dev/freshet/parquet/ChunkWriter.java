package dev.freshet.parquet;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ListVector;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.jspecify.annotations.Nullable;

/// Writes one column of a file: rows into pages, pages into the row group's chunk. A page begins at a row. What a file
/// needed of memory is kept for the next one.
final class ChunkWriter {
    /// The most levels in a page, so that a page of nulls ends too.
    private static final int PAGE_LEVELS = 1 << 16;

    private final Column column;
    private final @Nullable BloomBits filter;
    private final LeafValues values;
    private final Levels repetitions;
    private final Levels definitions;
    private final int present;
    private int pageRows;
    private int pageLevels;
    private int pageNulls;
    private long nullRows;

    /// @param filtered whether to make a Bloom filter, if the type can have one
    ChunkWriter(Column column, PageLimits limits, boolean filtered) {
        this.column = column;
        this.filter = filtered && hasFilter(column.type()) ? new BloomBits(limits.dictionaryBytes()) : null;
        this.values = LeafValues.of(leaf(column.type()), limits, filter);
        int depth = depth(column.type());
        this.present = (column.nullable() ? 1 : 0) + 2 * depth;
        this.repetitions = new Levels(depth);
        this.definitions = new Levels(present);
    }

    /// How many lists are around each value.
    private static int depth(ColumnType type) {
        return type instanceof Array array ? 1 + depth(array.element()) : 0;
    }

    Column column() {
        return column;
    }

    /// Adds rows, and gives every page that is full to the chunk.
    void write(Vector vector, int from, int to, ColumnChunk chunk, PageSpace space) throws IOException {
        int row = from;
        while (row < to) {
            int end = vector instanceof ListVector lists ? writeLists(lists, row, to) : writeFlat(vector, row, to);
            pageRows += end - row;
            row = end;
            if (values.pageFull() || pageLevels >= PAGE_LEVELS) {
                endPage(chunk, space);
            }
        }
    }

    /// Ends the chunk: its last page and its dictionary.
    void endChunk(ColumnChunk chunk, PageSpace space) throws IOException {
        if (pageRows > 0) {
            endPage(chunk, space);
        }
        Optional<DictionaryPage> dictionary = values.endChunk();
        if (dictionary.isPresent()) {
            chunk.addDictionary(dictionary.get(), space);
        }
    }

    /// The filter of the chunk that ended.
    Optional<byte[]> bloomFilter() {
        return Optional.ofNullable(filter).map(BloomBits::endChunk);
    }

    static boolean hasFilter(ColumnType type) {
        return !(type instanceof Array) && !type.equals(ColumnType.BOOLEAN);
    }

    /// Memory held for the page, the dictionary and the filter.
    long bytes() {
        return values.bytes() + definitions.bytes() + repetitions.bytes() + (filter == null ? 0 : filter.bytes());
    }

    /// Returns what the file holds in this column, and begins a new file.
    ColumnStatistics endFile() {
        Optional<Bounds> all = values.endFile();
        Optional<Bounds> bounds = column.type() instanceof Array ? Optional.empty() : all;
        ColumnStatistics statistics = new ColumnStatistics(
                column.name(),
                column.type(),
                bounds.map(Bounds::min).orElse(null),
                bounds.map(Bounds::max).orElse(null),
                nullRows,
                bounds.map(Bounds::exact).orElse(true));
        nullRows = 0;
        return statistics;
    }

    private int writeFlat(Vector vector, int from, int to) {
        int most = Math.min(to, from + PAGE_LEVELS - pageLevels);
        int end = values.fitting(vector, from, most);
        if (present > 0) {
            int nulls = definitions.addFlat(vector, from, end);
            pageNulls += nulls;
            nullRows += nulls;
        } else if (vector.hasNulls()) {
            refuseNulls(vector, from, end);
        }
        pageLevels += end - from;
        values.add(vector, from, end);
        return end;
    }

    private void refuseNulls(Vector vector, int from, int to) {
        for (int row = from; row < to; row++) {
            refuseNull(vector, row);
        }
    }

    private void refuseNull(Vector vector, int row) {
        if (vector.isNull(row)) {
            throw nullIn(column);
        }
    }

    static IllegalArgumentException nullIn(Column column) {
        return new IllegalArgumentException("null in column '" + column.name() + "', which has no nulls");
    }

    private int writeLists(ListVector lists, int from, int to) {
        int end = fitting(lists, from, Math.min(to, from + LeafValues.STRETCH));
        for (int row = from; row < end; row++) {
            addRow(lists, row);
        }
        addLeaves(lists, from, end);
        return end;
    }

    /// The end of the rows, more than `from`, whose elements fit into the page. Lists of lists go one by one.
    private int fitting(ListVector lists, int from, int to) {
        if (lists.elements() instanceof ListVector) {
            return from + 1;
        }
        int first = lists.start(from);
        int all = lists.end(to - 1);
        int room = first == all ? all : values.fitting(lists.elements(), first, all);
        int levels = PAGE_LEVELS - pageLevels;
        int end = from + 1;
        while (end < to && lists.end(end) <= room && lists.end(end) - first + end - from < levels) {
            end++;
        }
        return end;
    }

    private void addRow(ListVector lists, int row) {
        if (column.nullable()) {
            nullRows += lists.isNull(row) ? 1 : 0;
            addList(lists, row, 0, 1, 1);
        } else {
            refuseNull(lists, row);
            addList(lists, row, 0, 1, 0);
        }
    }

    /// The elements of rows that follow each other do so, too, at every depth.
    private void addLeaves(Vector vector, int from, int to) {
        if (from == to) {
            return;
        }
        if (vector instanceof ListVector lists) {
            addLeaves(lists.elements(), lists.start(from), lists.end(to - 1));
        } else {
            values.add(vector, from, to);
        }
    }

    /// Adds the levels of one list.
    ///
    /// @param repetition the level of the list's first element: where it stands in the lists around it
    /// @param depth of this list: the repetition level of its other elements
    /// @param empty the definition level of an empty list, one above that of a null
    private void addList(ListVector vector, int row, int repetition, int depth, int empty) {
        if (vector.isNull(row)) {
            addAbsent(repetition, empty - 1);
        } else if (vector.start(row) == vector.end(row)) {
            addAbsent(repetition, empty);
        } else {
            for (int i = vector.start(row); i < vector.end(row); i++) {
                addElement(vector.elements(), i, i == vector.start(row) ? repetition : depth, depth, empty + 1);
            }
        }
    }

    private void addElement(Vector elements, int index, int repetition, int depth, int missing) {
        if (elements instanceof ListVector lists) {
            addList(lists, index, repetition, depth + 1, missing + 1);
        } else if (elements.isNull(index)) {
            addAbsent(repetition, missing);
        } else {
            addLevels(repetition, present);
        }
    }

    private void addAbsent(int repetition, int definition) {
        pageNulls++;
        addLevels(repetition, definition);
    }

    private void addLevels(int repetition, int definition) {
        repetitions.add(repetition);
        definitions.add(definition);
        pageLevels++;
    }

    private void endPage(ColumnChunk chunk, PageSpace space) throws IOException {
        EncodedValues encoded = values.encode(space);
        BytesInput bytes = BytesInput.concat(repetitions.encode(), definitions.encode(), encoded.bytes());
        PageIndex.Page page = new PageIndex.Page(0, pageLevels, pageRows, pageNulls, values.endPage());
        chunk.addPage(new EncodedValues(bytes, encoded.encoding()), page, space);
        repetitions.clear();
        definitions.clear();
        pageRows = 0;
        pageLevels = 0;
        pageNulls = 0;
    }

    private static ColumnType leaf(ColumnType type) {
        return type instanceof Array array ? leaf(array.element()) : type;
    }
}
